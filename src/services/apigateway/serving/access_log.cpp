#include "services/apigateway/serving/access_log.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "wire/call.h"

namespace stepwell::apigateway {
namespace {

std::string value_of(const Exchange& exchange, const http::Response& response, Duration latency,
                     std::string_view name) {
  if (name == "status") return fmt::format("{}", response.status);
  if (name == "responseLength") return fmt::format("{}", response.body.size());
  if (name == "responseLatency") return fmt::format("{}", latency.count());
  auto value = context_value(exchange, name);
  return value && !value->empty() && json::is_valid_utf8(*value) ? std::move(*value) : "-";
}

std::size_t end_of_name(std::string_view text) {
  const auto is_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
  };
  std::size_t end = 0;
  while (end < text.size() && is_name(text[end])) ++end;
  while (end > 0 && text[end - 1] == '.') --end;
  return end;
}

}  // namespace

std::string access_log_line(const Exchange& exchange, const http::Response& response, Duration latency) {
  constexpr std::string_view start = "$context.";
  std::string line;
  std::string_view rest = exchange.stage->log->format;
  while (!rest.empty()) {
    const std::size_t at = std::min(rest.find(start), rest.size());
    line += rest.substr(0, at);
    rest.remove_prefix(at);
    if (rest.empty()) break;
    rest.remove_prefix(start.size());
    const std::size_t end = end_of_name(rest);
    line += value_of(exchange, response, latency, rest.substr(0, end));
    rest.remove_prefix(end);
  }
  return line;
}

void write_access_log(const AccessLogPorts& ports, const Exchange& exchange, std::string line, Timestamp now) {
  wire::Call call;
  call.caller.account = exchange.stage->account;
  call.caller.region = exchange.stage->region;
  const json::Value event = json::ObjectBuilder(call.arena)
                                .add("timestamp", static_cast<std::int64_t>(now.time_since_epoch().count()))
                                .add("message", line)
                                .build();
  call.input = json::ObjectBuilder(call.arena)
                   .add("logGroupName", exchange.stage->log->group)
                   .add("logStreamName", fmt::format("{}/{}", exchange.stage->api, format_rfc3339(now).substr(0, 10)))
                   .add("logEvents", json::make_array(call.arena, {&event, 1}))
                   .build();
  store::Batch batch;
  const auto folded = ports.directory.fold("logs", "PutLogEvents", call, batch);
  if (!folded) {
    ports.log.warning(
        fmt::format("API {}: its access log cannot be written: {}", exchange.stage->api, folded.error().message));
    return;
  }
  ports.store.commit(std::move(batch), [](const Result<void>&) {});
}

}  // namespace stepwell::apigateway
