#include "lang/asl/choice/operators.h"

#include "base/time.h"

#include <compare>

namespace stepwell::asl {

namespace {

using json::Value;

bool is_boolean(const Value& value, const Value&) { return value.is_boolean(); }
bool is_null(const Value& value, const Value&) { return value.is_null(); }
bool is_numeric(const Value& value, const Value&) { return value.is_number(); }
bool is_present(const Value&, const Value&) { return true; }
bool is_string(const Value& value, const Value&) { return value.is_string(); }
bool is_timestamp(const Value& value, const Value&) {
  return value.is_string() && parse_rfc3339(value.as_string()).has_value();
}

bool boolean_equals(const Value& a, const Value& b) {
  return a.is_boolean() && b.is_boolean() && a.as_boolean() == b.as_boolean();
}

bool string_matches(const Value& value, const Value& pattern) {
  return value.is_string() && pattern.is_string() && matches_pattern(value.as_string(), pattern.as_string());
}

// How two values of one family compare; unordered where one is of another type.
std::partial_ordering numbers(const Value& a, const Value& b) {
  if (!a.is_number() || !b.is_number()) return std::partial_ordering::unordered;
  if (json::equal(a, b)) return std::partial_ordering::equivalent;
  const auto whole_a = a.as_integer();
  const auto whole_b = b.as_integer();
  if (whole_a && whole_b) return *whole_a <=> *whole_b;
  return a.as_double() <=> b.as_double();
}

std::partial_ordering strings(const Value& a, const Value& b) {
  if (!a.is_string() || !b.is_string()) return std::partial_ordering::unordered;
  return compare_utf16(a.as_string(), b.as_string()) <=> 0;
}

std::partial_ordering timestamps(const Value& a, const Value& b) {
  if (!a.is_string() || !b.is_string()) return std::partial_ordering::unordered;
  const auto time_a = parse_rfc3339(a.as_string());
  const auto time_b = parse_rfc3339(b.as_string());
  if (!time_a || !time_b) return std::partial_ordering::unordered;
  return *time_a <=> *time_b;
}

template <auto compare>
bool equals(const Value& a, const Value& b) {
  return std::is_eq(compare(a, b));
}
template <auto compare>
bool less(const Value& a, const Value& b) {
  return std::is_lt(compare(a, b));
}
template <auto compare>
bool less_equals(const Value& a, const Value& b) {
  return std::is_lteq(compare(a, b));
}
template <auto compare>
bool greater(const Value& a, const Value& b) {
  return std::is_gt(compare(a, b));
}
template <auto compare>
bool greater_equals(const Value& a, const Value& b) {
  return std::is_gteq(compare(a, b));
}

// What stands between the stars of a pattern, without escapes.
std::vector<std::string> literal_parts(std::string_view pattern) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char next = at + 1 < pattern.size() ? pattern[at + 1] : '\0';
    if (pattern[at] == '*') {
      parts.emplace_back();
      continue;
    }
    if (pattern[at] == '\\' && (next == '*' || next == '\\')) ++at;
    parts.back() += pattern[at];
  }
  return parts;
}

constexpr ChoiceOperator operators[] = {
#define OPERATOR(name, operand, test) {#name, ChoiceOperator::Operand::operand, test},
#include "lang/asl/choice/operators.def"
#undef OPERATOR
};
static_assert(std::ranges::is_sorted(operators, {}, &ChoiceOperator::name));

}  // namespace

std::span<const ChoiceOperator> choice_operators() { return operators; }

const ChoiceOperator* find_choice_operator(std::string_view name) {
  const auto found = std::ranges::lower_bound(operators, name, {}, &ChoiceOperator::name);
  return found != std::end(operators) && found->name == name ? found : nullptr;
}

bool matches_pattern(std::string_view text, std::string_view pattern) {
  const std::vector<std::string> parts = literal_parts(pattern);
  const std::string& first = parts.front();
  if (parts.size() == 1) return text == first;
  if (!text.starts_with(first)) return false;
  text.remove_prefix(first.size());
  const std::string& last = parts.back();
  if (!text.ends_with(last)) return false;
  text.remove_suffix(last.size());
  // The first place is as good as any other: there is never a need to go back.
  for (const std::string& part : std::span(parts).subspan(1, parts.size() - 2)) {
    const void* const found = ::memmem(text.data(), text.size(), part.data(), part.size());
    if (found == nullptr) return false;
    text.remove_prefix(static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + part.size());
  }
  return true;
}

int compare_utf16(std::string_view a, std::string_view b) {
  const auto [at, bt] = std::ranges::mismatch(a, b);
  if (at == a.end() || bt == b.end()) return static_cast<int>(at != a.end()) - static_cast<int>(bt != b.end());
  auto x = static_cast<unsigned char>(*at);
  auto y = static_cast<unsigned char>(*bt);
  // UTF-16 writes what UTF-8 begins with F0… as surrogates, which come before U+E000…U+FFFF (EE, EF in UTF-8).
  if (x >= 0xEE && y >= 0xEE && (x >= 0xF0) != (y >= 0xF0)) std::swap(x, y);
  return x < y ? -1 : 1;
}

}  // namespace stepwell::asl
