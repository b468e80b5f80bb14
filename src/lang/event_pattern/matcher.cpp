#include "lang/event_pattern/matcher.h"

#include "lang/json/decimal.h"
#include "lang/jsonata/text/case.h"

#include <algorithm>

namespace stepwell::event_pattern {
namespace {

bool is_version6(const policy::AddressRange& range) {
  constexpr policy::Address mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  return !std::ranges::equal(std::span(range.first).first(12), std::span(mapped).first(12));
}

bool fits_text(const Matcher& matcher, std::string_view text, Budget& budget) {
  if (!budget.spend(text_steps(text.size()))) return false;
  switch (matcher.operation) {
    case Operator::text:
      return text == matcher.text || (matcher.range && in_range(*matcher.range, text, is_version6(*matcher.range)));
    case Operator::prefix: return text.starts_with(matcher.text);
    case Operator::suffix: return text.ends_with(matcher.text);
    case Operator::equals_ignore_case: return without_case(text) == matcher.text;
    case Operator::prefix_ignore_case: return without_case(text).starts_with(matcher.text);
    case Operator::suffix_ignore_case: return without_case(text).ends_with(matcher.text);
    case Operator::wildcard: return matcher.glob.matches(text, policy::Case::sensitive, budget);
    case Operator::cidr: return in_range(*matcher.range, text, is_version6(*matcher.range));
    default: return false;
  }
}

bool fits_number(const Matcher& matcher, const json::Value& value, Budget& budget) {
  if (!budget.spend(text_steps(value.lexeme().size()))) return false;
  if (matcher.operation == Operator::number) return json::Decimal(value.lexeme()) == json::Decimal(matcher.text);
  if (matcher.operation != Operator::numeric) return false;
  const double number = value.as_double();
  if (matcher.low && (matcher.low->open ? number <= matcher.low->value : number < matcher.low->value)) return false;
  return !matcher.high || (matcher.high->open ? number < matcher.high->value : number <= matcher.high->value);
}

bool fits_literal(const Matcher& matcher, const json::Value& value) {
  if (matcher.operation != Operator::literal) return false;
  return matcher.text == (value.is_null() ? "null" : value.as_boolean() ? "true" : "false");
}

}  // namespace

bool Matcher::fits(const json::Value& value, Budget& budget) const {
  if (operation == Operator::exists) return true;
  if (operation == Operator::anything_but) {
    const bool found = std::ranges::any_of(others, [&](const Matcher& other) { return other.fits(value, budget); });
    return !found && budget.left() > 0;
  }
  if (value.is_string()) return fits_text(*this, value.as_string(), budget);
  return value.is_number() ? fits_number(*this, value, budget) : fits_literal(*this, value);
}

std::string without_case(std::string_view text) {
  std::string lower = jsonata::to_lower(text);
  // What stands behind a Σ is no part of the comparison: ς is σ.
  for (std::size_t at = lower.find("\xCF\x82"); at != std::string::npos; at = lower.find("\xCF\x82", at)) {
    lower[at + 1] = '\x83';
  }
  return lower;
}

bool in_range(const policy::AddressRange& range, std::string_view address, bool of_version6) {
  if (address.contains(':') != of_version6) return false;
  const auto parsed = policy::read_address(address);
  return parsed && *parsed >= range.first && policy::contains(range, *parsed);
}

}  // namespace stepwell::event_pattern
