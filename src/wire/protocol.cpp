#include "wire/protocol.h"

#include "lang/json/parse.h"
#include "wire/codec.h"
#include "wire/errors.h"
#include "wire/percent.h"
#include "wire/sigv4.h"
#include "wire/validate.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

// How much of an answer in no known form is shown.
constexpr std::size_t max_foreign_detail = 1024;
constexpr std::size_t max_detail = 4096;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

const Codec& codec_of(Protocol protocol) {
  switch (protocol) {
    case Protocol::aws_json: return aws_json();
    case Protocol::rest_json: return rest_json();
    case Protocol::aws_query: return aws_query();
  }
  return aws_json();
}

const Codec& codec_of(const ApiModel& model, const Call& call) {
  return codec_of(call.protocol.value_or(model.protocol()));
}

http::Response with_request_id(http::Response response, std::string_view request_id) {
  response.headers.add("x-amzn-RequestId", std::string(request_id));
  return response;
}

const ApiModel* by_target(const std::vector<const ApiModel*>& services, std::string_view target) {
  const std::string_view prefix = target.substr(0, target.rfind('.'));
  const auto found = std::ranges::find_if(services, [&](const ApiModel* model) {
    return model->speaks(Protocol::aws_json) && model->target_prefix() == prefix;
  });
  return found == services.end() ? nullptr : *found;
}

const ApiModel* by_signature(const std::vector<const ApiModel*>& services, const http::Request& request) {
  const auto signature = read_signature(request);
  if (!signature || !*signature) return nullptr;
  const auto found = std::ranges::find(services, (*signature)->service, &ApiModel::service);
  return found == services.end() ? nullptr : *found;
}

using Match = const OperationModel* (*)(const ApiModel&, const http::Request&);

// The service of that protocol that knows the operation, if it is the only one.
const ApiModel* by_operation(const std::vector<const ApiModel*>& services, const http::Request& request,
                             Protocol protocol, Match match) {
  const ApiModel* only = nullptr;
  for (const ApiModel* model : services) {
    if (!model->speaks(protocol) || match(*model, request) == nullptr) continue;
    if (only != nullptr) return nullptr;
    only = model;
  }
  return only;
}

// Errors repeat what a client sent, in headers and paths too, where it need not be UTF-8.
std::string valid_text(std::string_view text) {
  if (json::is_valid_utf8(text)) return std::string(text);
  std::string valid;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x80) {
      valid += c;
    } else {
      valid += "\xef\xbf\xbd";
    }
  }
  return valid;
}

Error error_of(ReportedError reported, const http::Response& response) {
  Error error;
  error.fault = response.status < 500 ? Fault::client : Fault::server;
  error.status = response.status;
  error.message = std::move(reported.message);
  error.detail = response.headers.get(detail_header);
  if (is_error_code(reported.code)) error.code = std::move(reported.code);
  if (!error.code.empty()) return error;
  error.code = "UnknownError";
  error.detail = response.body.substr(0, max_foreign_detail);
  return error;
}

// In a header, so that bodies are AWS's to the byte; lines are parted by "; " there.
void add_detail(http::Response& response, std::string_view detail) {
  while (detail.ends_with('\n')) detail.remove_suffix(1);
  if (detail.empty()) return;
  std::string line;
  for (const char c : valid_text(std::string(detail.substr(0, max_detail)))) {
    if (c == '\n')
      line += "; ";
    else
      line += is_control(c) ? ' ' : c;
  }
  response.headers.add(std::string(detail_header), std::move(line));
}

}  // namespace

const ApiModel* find_service(const std::vector<const ApiModel*>& services, const http::Request& request) {
  if (const ApiModel* model = by_target(services, request.headers.get("X-Amz-Target"))) return model;
  if (const ApiModel* model = by_signature(services, request)) return model;
  if (const ApiModel* model = by_operation(services, request, Protocol::rest_json, match_operation)) return model;
  return by_operation(services, request, Protocol::aws_query, match_action);
}

Protocol protocol_of(const ApiModel& model, const http::Request& request) {
  if (!model.older_protocol()) return model.protocol();
  const bool is_json = request.headers.contains("X-Amz-Target") || request.headers.get("Content-Type").contains("json");
  const Protocol other = is_json ? Protocol::aws_json : Protocol::aws_query;
  return model.speaks(other) ? other : model.protocol();
}

Result<void> decode(const ApiModel& model, const http::Request& request, Call& call) {
  call.protocol = protocol_of(model, request);
  TRY(codec_of(*call.protocol).decode(model, request, call));
  return validate_input(*call.operation->input, call.input, model.validation_error(), model.missing_error());
}

http::Response encode(const ApiModel& model, const Call& call, const Reply& reply) {
  http::Response response = codec_of(model, call).encode(model, call, reply);
  add_detail(response, reply.detail);
  return with_request_id(std::move(response), call.caller.request_id);
}

http::Response encode_error(const ApiModel& model, const Call& call, const Error& error) {
  const Error valid{error.fault, error.code, valid_text(error.message), {}, error.status};
  http::Response response = codec_of(model, call).encode_error(model, valid, call.caller.request_id);
  add_detail(response, error.detail);
  return with_request_id(std::move(response), call.caller.request_id);
}

// As AWS's service framework answers a request that it cannot read as one of its protocols.
http::Response encode_unknown_service(const http::Request& request, std::string_view request_id) {
  http::Response response;
  const std::string_view type = request.headers.get("Content-Type");
  if (request.headers.contains("X-Amz-Target") || type.starts_with("application/x-amz-json-")) {
    response.status = 400;
    response.headers.add("Content-Type", "application/x-amz-json-1.0");
    response.body = R"({"__type":"com.amazon.coral.service#UnknownOperationException"})";
  } else {
    response.status = 404;
    response.headers.add("x-amzn-ErrorType", "UnknownOperationException");
    response.body = "<UnknownOperationException/>\n";
  }
  return with_request_id(std::move(response), request_id);
}

Result<http::Request> encode_call(const ApiModel& model, const Call& call) {
  http::Request request = codec_of(model.protocol()).encode_call(model, call);
  for (const auto& [name, value] : request.headers.fields()) {
    if (std::ranges::any_of(value, is_control)) {
      return fail(serialization_exception(fmt::format("The header {} cannot hold control characters", name)));
    }
  }
  return request;
}

Result<Reply> decode_reply(const ApiModel& model, Call& call, const http::Response& response) {
  if (const std::string_view id = response.headers.get("x-amzn-RequestId"); !id.empty()) call.caller.request_id = id;
  if (response.status < 300) return codec_of(model.protocol()).decode_reply(model, call, response);
  return fail(error_of(codec_of(model.protocol()).decode_error(model, response), response));
}

bool is_error_code(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  });
}

int status_of(const ApiModel& model, const Error& error) {
  if (error.status != 0) return error.status;
  if (const Shape* exception = model.exception(error.code)) return exception->exception_status;
  return error.fault == Fault::client ? 400 : 500;
}

}  // namespace stepwell::wire
