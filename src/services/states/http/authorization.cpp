#include "services/states/http/authorization.h"

#include "crypto/hash.h"
#include "lang/json/parse.h"
#include "services/states/http/message.h"

#include <fmt/format.h>

namespace stepwell::states {
namespace {

constexpr std::size_t max_kept = 1'000;
constexpr std::chrono::seconds usual_life{3'600};  // where the endpoint does not say
constexpr std::chrono::seconds margin{60};

Error no_token(std::string message) {
  return {.fault = Fault::client, .code = "InvalidConnectionState", .message = std::move(message), .detail = {}};
}

http::Call token_request(const directory::Connection& connection) {
  std::string form;
  add_parameter(form, "grant_type", "client_credentials");
  add_parameter(form, "client_id", connection.name);
  add_parameter(form, "client_secret", connection.secret);
  for (const auto& [name, value] : connection.token_parameters.body) add_parameter(form, name, value);
  std::string query;
  for (const auto& [name, value] : connection.token_parameters.query) add_parameter(query, name, value);
  http::Call call;
  call.request.method = connection.token_method;
  for (const auto& [name, value] : connection.token_parameters.headers) call.request.headers.add(name, value);
  if (connection.token_method == "GET") {
    if (!query.empty()) form += '&';
    form += query;
    query = std::move(form);
  } else {
    call.request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    call.request.body = std::move(form);
  }
  call.request.headers.add("Accept", "application/json");
  call.url = with_query(connection.token_url, query);
  call.timeout = Duration(10'000);
  call.max_response_bytes = 1U << 20U;
  return call;
}

}  // namespace

Task<Result<std::string>> ApiTokens::get(http::Client& client, Clock& clock, const directory::Connection& connection) {
  const auto found = kept_.find(connection.arn);
  if (found != kept_.end() && clock.now() < found->second.until) co_return found->second.token;
  CO_TRY_ASSIGN(const http::Response response, co_await client.send(token_request(connection)));
  if (response.status < 200 || response.status > 299) {
    co_return fail(
        no_token(fmt::format("The token endpoint of the connection {} answers {}.", connection.arn, response.status)));
  }
  json::Arena arena;
  const auto answer = json::parse(arena, response.body);
  const std::string token = answer ? text_of(*answer, "access_token") : std::string();
  if (token.empty())
    co_return fail(no_token(fmt::format("The token endpoint of the connection {} gives no token.", connection.arn)));
  const json::Value* life = answer->find("expires_in");
  const auto seconds =
      life != nullptr && life->is_number() ? std::chrono::seconds(life->as_integer().value_or(0)) : usual_life;
  if (kept_.size() >= max_kept) kept_.clear();
  kept_[connection.arn] = {token, clock.now() + seconds - margin};
  co_return token;
}

directory::HttpParameter proof_of(const directory::Connection& connection, const std::string& token) {
  switch (connection.kind) {
    case directory::Connection::Kind::api_key: return {connection.name, connection.secret};
    case directory::Connection::Kind::basic:
      return {"Authorization",
              "Basic " + crypto::base64_encode(fmt::format("{}:{}", connection.name, connection.secret))};
    case directory::Connection::Kind::oauth_client_credentials: return {"Authorization", "Bearer " + token};
  }
  return {};
}

}  // namespace stepwell::states
