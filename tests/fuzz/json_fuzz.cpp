// What parses must print to a text that parses to an equal tree and prints the same again; every member must be found
// by its key and located in the text.
#include "base/check.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

#include <cstdint>
#include <string>

namespace stepwell::json {
namespace {

constexpr std::size_t kLocatedDepth = 4;
constexpr std::size_t kLocatedParts = 16;

// The pointer's token for a key.
std::string token_of(std::string_view key) {
  std::string token = "/";
  for (const char c : key) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  return token;
}

void check_located(std::string_view text, const Value& value, const std::string& pointer) {
  Arena arena;
  const auto offset = locate(text, pointer);
  CHECK(offset.has_value());
  CHECK(*offset < text.size());
  // The place begins with the value.
  const char first = text[*offset];
  CHECK(value.is_object() == (first == '{'));
  CHECK(value.is_array() == (first == '['));
  CHECK(value.is_string() == (first == '"'));
  CHECK(!value.is_number() || text.substr(*offset).starts_with(value.lexeme()));
}

void check_parts(std::string_view text, const Value& value, const std::string& pointer, std::size_t depth) {
  check_located(text, value, pointer);
  if (depth == 0) return;
  if (value.is_array()) {
    for (std::size_t i = 0; i < std::min(value.size(), kLocatedParts); ++i) {
      check_parts(text, value.elements()[i], pointer + "/" + std::to_string(i), depth - 1);
    }
  } else if (value.is_object()) {
    for (const Member& member : value.members().first(std::min(value.size(), kLocatedParts))) {
      const std::string member_pointer = pointer + token_of(member.key);
      const auto key_offset = locate(text, member_pointer, true);
      CHECK(key_offset.has_value() && text[*key_offset] == '"');
      check_parts(text, member.value, member_pointer, depth - 1);
    }
  }
}

void check_found(const Value& object) {
  for (const Member& member : object.members()) CHECK(object.find(member.key) == &member.value);
}

void check_number(const Value& number) {
  const auto integer = number.as_integer();
  const double real = number.as_double();
  CHECK(!integer || static_cast<double>(*integer) == real);
}

void check_values(const Value& value) {
  if (value.is_number()) check_number(value);
  if (value.is_array()) {
    for (const Value& element : value.elements()) check_values(element);
  }
  if (value.is_object()) {
    check_found(value);
    for (const Member& member : value.members()) check_values(member.value);
  }
}

void check_text(std::string_view text) {
  Arena arena;
  const auto value = parse(arena, text);
  if (!value) {
    CHECK(value.error().offset <= text.size());
    CHECK(!value.error().message.empty() && is_valid_utf8(value.error().message));
    return;
  }
  CHECK(is_valid_utf8(text));
  const std::string printed = print(*value);
  const auto again = parse(arena, printed);
  CHECK(again.has_value());
  CHECK(equal(*value, *again) && equal(*again, *value));
  CHECK(print(*again) == printed);

  Arena other;
  const Value copied = copy(other, *value);
  CHECK(print(copied) == printed);
  const std::string pretty = print_pretty(copied);
  const auto reread = parse(other, pretty);
  CHECK(reread.has_value() && print(*reread) == printed);

  std::string bounded;
  CHECK(print_within(bounded, *value, printed.size()) && bounded == printed);

  check_values(*value);
  check_parts(text, *value, "", kLocatedDepth);
}

}  // namespace
}  // namespace stepwell::json

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  stepwell::json::check_text(text);
  // Where a cut-off or wrong text leads to nothing, it leads to no harm either.
  static_cast<void>(stepwell::json::locate(text, "/a/0/b"));
  return 0;
}
