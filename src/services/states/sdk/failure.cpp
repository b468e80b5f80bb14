#include "services/states/sdk/failure.h"

#include "base/http_client.h"
#include "wire/codec.h"

#include <fmt/format.h>

namespace stepwell::states::sdk {
namespace {

// There is no answer that could be quoted.
bool is_of_the_way(const Error& error) { return http::is_unanswered(error) || error.code == "ServiceNotFound"; }

TaskFailure client_failure(std::string_view prefix, const Error& error) {
  return {fmt::format("{}.SdkClientException", prefix),
          error.detail.empty() ? error.message : fmt::format("{}. {}", error.message, error.detail)};
}

// The SDKs end the name of every exception alike.
std::string exception_name(const wire::ApiModel& model, std::string_view code, std::string_view base) {
  const wire::Shape* shape = model.exception(code);
  if (shape == nullptr) return std::string(base);
  return shape->name.ends_with("Exception") ? shape->name : fmt::format("{}Exception", shape->name);
}

}  // namespace

TaskFailure failure(const Version1& names, const TaskCall& call, const Error& error) {
  if (is_of_the_way(error)) return client_failure(names.prefix, error);
  const wire::ApiModel& model = call.directory.find(names.service)->model();
  const bool speaks_query = model.speaks(wire::Protocol::aws_query);
  const std::string_view code = speaks_query ? wire::query_code_of(model, error) : error.code;
  return {fmt::format("{}.{}", names.prefix, exception_name(model, error.code, names.base_exception)),
          fmt::format("{} (Service: {}; Status Code: {}; Error Code: {}; Request ID: {}; Proxy: null)", error.message,
                      names.long_name, wire::status_of(model, error), code, call.caller.request_id)};
}

TaskFailure failure(const Version2& names, const TaskCall& call, const Error& error) {
  if (is_of_the_way(error)) return client_failure(names.prefix, error);
  const wire::ApiModel& model = call.directory.find(names.service)->model();
  const std::string base = fmt::format("{}Exception", names.prefix);
  return {fmt::format("{}.{}", names.prefix, exception_name(model, error.code, base)),
          fmt::format("{} (Service: {}, Status Code: {}, Request ID: {}) (SDK Attempt Count: 1)", error.message,
                      names.prefix, wire::status_of(model, error), call.caller.request_id)};
}

}  // namespace stepwell::states::sdk
