#include "services/states/http/message.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "wire/percent.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace stepwell::states {
namespace {

struct Status {
  int code;
  std::string_view text;
};
// RFC 9110, 15; and those of RFC 6585 that APIs answer.
constexpr auto statuses = std::to_array<Status>({{200, "OK"},
                                                 {201, "Created"},
                                                 {202, "Accepted"},
                                                 {203, "Non-Authoritative Information"},
                                                 {204, "No Content"},
                                                 {205, "Reset Content"},
                                                 {206, "Partial Content"},
                                                 {207, "Multi-Status"}});

std::string_view status_text(int code) {
  const auto found = std::ranges::find(statuses, code, &Status::code);
  return found == statuses.end() ? std::string_view() : found->text;
}

json::Value headers_of(json::Arena& arena, const http::Response& response) {
  std::map<std::string_view, std::vector<json::Value>> lists;
  for (const auto& [name, value] : response.headers.fields()) lists[name].push_back(json::make_string(arena, value));
  json::ObjectBuilder object(arena);
  for (const auto& [name, values] : lists) object.add(name, json::make_array(arena, values));
  return object.build();
}

json::Value body_of(json::Arena& arena, const std::string& body) {
  if (const auto parsed = json::parse(arena, body)) return *parsed;
  return json::make_string(arena, body);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

json::Value member_of(json::Arena& arena, const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value != nullptr && value->is_object() ? *value : json::ObjectBuilder(arena).build();
}

std::string text_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::string plain_text(const json::Value& value) {
  return value.is_string() ? std::string(value.as_string()) : json::print(value);
}

bool is_among(std::string_view name, std::span<const std::string_view> forms) {
  std::string small(name);
  std::ranges::transform(small, small.begin(), lower);
  return std::ranges::any_of(forms, [&small](std::string_view form) {
    return form.ends_with('*') ? small.starts_with(form.substr(0, form.size() - 1)) : small == form;
  });
}

void add_parameter(std::string& query, std::string_view name, std::string_view value) {
  if (!query.empty()) query += '&';
  query += wire::percent_encode(name);
  query += '=';
  query += wire::percent_encode(value);
}

std::string with_query(std::string url, std::string_view query) {
  if (query.empty()) return url;
  url += url.contains('?') ? '&' : '?';
  return url.append(query);
}

std::optional<std::string> http_result(const http::Response& response) {
  constexpr auto binary =
      std::to_array<std::string_view>({"application/octet-stream*", "audio/*", "image/*", "video/*"});
  if (!json::is_valid_utf8(response.body) || is_among(response.headers.get("Content-Type"), binary))
    return std::nullopt;
  json::Arena arena;
  return json::print(json::ObjectBuilder(arena)
                         .add("Headers", headers_of(arena, response))
                         .add("ResponseBody", body_of(arena, response.body))
                         .add("StatusCode", response.status)
                         .add("StatusText", status_text(response.status))
                         .build());
}

}  // namespace stepwell::states
