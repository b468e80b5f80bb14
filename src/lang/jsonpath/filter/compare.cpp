#include "lang/jsonpath/filter/compare.h"

#include <algorithm>
#include <charconv>

namespace stepwell::jsonpath {
namespace {

using json::Value;

bool is_nullish(const Value& value) { return value.is_null() || (value.is_string() && value.as_string() == "null"); }

// UTF-8 orders as code points do; UTF-16 puts those above U+FFFF (lead byte F0…F4) before U+E000…U+FFFF (EE, EF).
int compare_text(std::string_view a, std::string_view b) {
  const auto [at_a, at_b] = std::ranges::mismatch(a, b);
  if (at_a == a.end() || at_b == b.end()) return (at_a != a.end()) - (at_b != b.end());
  const auto weight = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte;
  };
  return weight(*at_a) < weight(*at_b) ? -1 : 1;
}

struct Number {
  std::optional<std::int64_t> integer;
  double real;
};

Number number_of(const Value& value) { return {value.as_integer(), value.as_double()}; }

std::optional<Number> number_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
  const char* const end = text.data() + text.size();
  std::int64_t integer = 0;
  if (const auto [at, error] = std::from_chars(text.data(), end, integer); error == std::errc() && at == end) {
    return Number{integer, static_cast<double>(integer)};
  }
  double real = 0;
  const auto [at, error] = std::from_chars(text.data(), end, real);
  if (error != std::errc() || at != end) return std::nullopt;
  return Number{std::nullopt, real};
}

int compare_numbers(const Number& a, const Number& b) {
  if (a.integer && b.integer) return (*a.integer > *b.integer) - (*a.integer < *b.integer);
  return (a.real > b.real) - (a.real < b.real);
}

bool reads_as_true(std::string_view text) {
  return std::ranges::equal(text, std::string_view("true"), {},
                            [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
}

int compare_booleans(bool a, bool b) { return static_cast<int>(a) - static_cast<int>(b); }

}  // namespace

std::optional<int> compare(const Value& expected, const Value& model) {
  if (expected.same_as(model)) return 0;
  const bool expected_nullish = is_nullish(expected);
  const bool model_nullish = is_nullish(model);
  if (expected_nullish || model_nullish) return static_cast<int>(model_nullish) - static_cast<int>(expected_nullish);

  if (expected.is_string() && model.is_string()) return compare_text(expected.as_string(), model.as_string());
  if (expected.is_number() && model.is_number()) return compare_numbers(number_of(expected), number_of(model));
  if (expected.is_string() && model.is_number()) {
    const auto number = number_of(expected.as_string());
    if (!number) return std::nullopt;
    return compare_numbers(*number, number_of(model));
  }
  if (expected.is_string() && model.is_boolean()) {
    return compare_booleans(reads_as_true(expected.as_string()), model.as_boolean());
  }
  if (expected.is_boolean() && model.is_boolean()) return compare_booleans(expected.as_boolean(), model.as_boolean());
  return std::nullopt;
}

}  // namespace stepwell::jsonpath
