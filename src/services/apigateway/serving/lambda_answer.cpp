#include "services/apigateway/serving/lambda_answer.h"

#include "crypto/hash.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/apigateway/serving/headers.h"

#include <charconv>

namespace stepwell::apigateway {
namespace {

using json::elements_of;
using json::object_of;

std::string plain_text(const json::Value& value) {
  return value.is_string() ? std::string(value.as_string()) : json::print(value);
}

std::optional<int> read_status(const json::Value& answer) {
  const json::Value* given = answer.find("statusCode");
  if (given == nullptr) return std::nullopt;
  std::optional<std::int64_t> status;
  if (given->is_number()) status = given->as_integer();
  if (given->is_string()) {
    const std::string_view text = given->as_string();
    std::int64_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size()) status = number;
  }
  const bool good = status && *status >= 200 && *status <= 599;
  return good ? std::optional(static_cast<int>(*status)) : std::nullopt;
}

bool add(http::Response& response, std::string_view name, std::string value) {
  if (!is_header(name, value)) return false;
  if (!is_of_connection(name)) response.headers.add(std::string(name), std::move(value));
  return true;
}

bool read_headers(const json::Value& answer, http::Response& response) {
  const json::Value lists = object_of(answer, "multiValueHeaders");
  for (const json::Member& header : lists.members()) {
    if (!header.value.is_array()) return false;
    for (const json::Value& value : header.value.elements()) {
      if (!add(response, header.key, plain_text(value))) return false;
    }
  }
  for (const json::Member& header : object_of(answer, "headers").members()) {
    if (header.value.is_null() || lists.find(header.key) != nullptr) continue;
    if (header.value.is_object() || header.value.is_array()) return false;
    if (!add(response, header.key, plain_text(header.value))) return false;
  }
  for (const json::Value& cookie : elements_of(answer, "cookies")) {
    if (!cookie.is_string() || !add(response, "set-cookie", std::string(cookie.as_string()))) return false;
  }
  return true;
}

bool read_body(const json::Value& answer, http::Response& response) {
  const json::Value* body = answer.find("body");
  if (body == nullptr || body->is_null()) return true;
  if (!body->is_string()) return false;
  const json::Value* encoded = answer.find("isBase64Encoded");
  if (encoded == nullptr || !encoded->is_boolean() || !encoded->as_boolean()) {
    response.body = body->as_string();
    return true;
  }
  auto decoded = crypto::base64_decode(body->as_string());
  if (decoded) response.body = std::move(*decoded);
  return decoded.has_value();
}

std::optional<http::Response> formatted(const json::Value& answer) {
  const auto status = read_status(answer);
  if (!status) return std::nullopt;
  http::Response response{.status = *status, .headers = {}, .body = {}};
  if (!read_headers(answer, response) || !read_body(answer, response)) return std::nullopt;
  if (!response.headers.contains("Content-Type")) response.headers.add("Content-Type", "text/plain;charset=UTF-8");
  return response;
}

}  // namespace

std::optional<http::Response> lambda_answer(std::string_view payload, int version) {
  json::Arena arena;
  const auto answer = json::parse(arena, payload);
  if (!answer) return std::nullopt;
  const bool has_status = answer->is_object() && answer->find("statusCode") != nullptr;
  if (version == 1 || has_status) return answer->is_object() ? formatted(*answer) : std::nullopt;
  http::Response response{.status = 200, .headers = {}, .body = plain_text(*answer)};
  response.headers.add("Content-Type", "application/json");
  return response;
}

}  // namespace stepwell::apigateway
