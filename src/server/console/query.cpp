#include "server/console/query.h"

namespace stepwell::server::console {

http::Response json_response(int status, std::string body) {
  http::Response response{.status = status, .headers = {}, .body = std::move(body)};
  response.headers.add("Content-Type", "application/json");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Content-Type-Options", "nosniff");
  return response;
}

Error refused(std::string message) {
  return {.fault = Fault::client, .code = "ValidationException", .message = std::move(message), .detail = {}};
}

Result<std::optional<Timestamp>> time_of(std::string_view query, std::string_view name) {
  TRY_ASSIGN(const auto millis, number_of<std::int64_t>(query, name));
  return millis ? std::optional(Timestamp{Duration{*millis}}) : std::nullopt;
}

Result<std::optional<engine::Status>> status_of(std::string_view query) {
  const auto text = wire::query_value(query, "status");
  if (!text || text->empty()) return std::nullopt;
  for (const engine::Status status : engine::all_statuses) {
    if (engine::name_of(status) == *text) return status;
  }
  return fail(refused(fmt::format("There is no status '{}'.", *text)));
}

Result<std::optional<states::SearchPosition>> position_of(std::string_view query) {
  const auto text = wire::query_value(query, "after");
  if (!text || text->empty()) return std::nullopt;
  const auto position = states::decode_position(*text);
  if (!position) return fail(refused("'after' is no place that a search has given."));
  return position;
}

}  // namespace stepwell::server::console
