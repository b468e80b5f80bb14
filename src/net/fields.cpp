#include "net/fields.h"

#include <algorithm>
#include <array>

namespace stepwell::net {
namespace {

constexpr auto kTokenChars = [] {
  std::array<bool, 256> table{};
  for (const char c :
       std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

bool is_token_char(char c) { return kTokenChars[static_cast<unsigned char>(c)]; }

bool is_line(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool is_set_by_writer(std::string_view name, Message message) {
  const auto is = [name](std::string_view other) { return http::equals_ignoring_case(name, other); };
  switch (name.size()) {
    case 4: return is(message == Message::request ? "Host" : "Date");
    case 10: return is("Connection") || is("Keep-Alive");
    case 14: return is("Content-Length");
    case 17: return is("Transfer-Encoding");
    default: return false;
  }
}

}  // namespace

bool is_token(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_token_char); }

bool are_writable(const http::Headers& headers) {
  return std::ranges::all_of(headers.fields(),
                             [](const auto& field) { return is_token(field.first) && is_line(field.second); });
}

void append_fields(const http::Headers& headers, Message message, std::string& text) {
  for (const auto& [name, value] : headers.fields()) {
    if (!is_set_by_writer(name, message)) text.append(name).append(": ").append(value).append("\r\n");
  }
}

}  // namespace stepwell::net
