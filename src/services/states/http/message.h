#pragma once
// What tasks that call HTTP APIs have in common (spec §4): headers and query parameters as workflows write them, and
// the answer as workflows see it.

#include "base/http.h"
#include "lang/json/value.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace stepwell::states {

// A field that is missing has no members.
json::Value member_of(json::Arena& arena, const json::Value& object, std::string_view name);
std::string text_of(const json::Value& object, std::string_view name);

// JSON values as they travel: texts as they are, other JSON as its text.
std::string plain_text(const json::Value& value);

// Whether the name is among those, or begins like one that ends in *, case aside.
bool is_among(std::string_view name, std::span<const std::string_view> forms);

// "a=1&b=2", percent-encoded.
void add_parameter(std::string& query, std::string_view name, std::string_view value);
// The URL with the query behind what it has.
std::string with_query(std::string url, std::string_view query);

// {"Headers": {…: […]}, "ResponseBody": …, "StatusCode": 200, "StatusText": "OK"}; the body is JSON where it is that.
// nullopt: the body is no text.
std::optional<std::string> http_result(const http::Response& response);

}  // namespace stepwell::states
