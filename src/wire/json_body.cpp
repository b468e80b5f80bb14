#include "lang/json/parse.h"
#include "wire/codec.h"
#include "wire/errors.h"

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

// "com.amazonaws.x#Name", "Name:http://…" → "Name".
std::string_view bare_code(std::string_view code) {
  code = code.substr(0, code.find(':'));
  return code.substr(code.rfind('#') + 1);
}

std::string_view text_of(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value != nullptr && value->is_string() ? value->as_string() : std::string_view{};
}

}  // namespace

Result<json::Value> read_json_body(json::Arena& arena, std::string_view body) {
  if (body.empty()) return json::Value::object(arena, {});
  const auto value = json::parse_copy(arena, body);
  if (!value) {
    return fail(
        serialization_exception({}, fmt::format("The body is no JSON: {} (line {}, column {})", value.error().message,
                                                value.error().line, value.error().column)));
  }
  if (value->is_array()) return fail(serialization_exception("Start of list found where not expected"));
  if (!value->is_object()) return fail(serialization_exception({}, "The body is no JSON object"));
  return *value;
}

ReportedError read_json_error(const http::Response& response) {
  json::Arena arena;
  const json::Value body = json::parse(arena, response.body).value_or(json::Value());
  ReportedError reported;
  for (const std::string_view code :
       {response.headers.get("x-amzn-ErrorType"), text_of(body, "__type"), text_of(body, "code")}) {
    if (reported.code.empty() && is_error_code(bare_code(code))) reported.code = bare_code(code);
  }
  for (const std::string_view key : {"message", "Message", "errorMessage"}) {
    if (reported.message.empty()) reported.message = text_of(body, key);
  }
  return reported;
}

}  // namespace stepwell::wire
