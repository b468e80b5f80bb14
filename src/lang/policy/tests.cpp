#include "lang/policy/tests.h"

#include "base/time.h"
#include "lang/policy/address.h"

#include <charconv>

namespace stepwell::policy {
namespace {

std::optional<double> read_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// A date with time, a date alone, or seconds since the epoch.
std::optional<Timestamp> read_date(std::string_view text) {
  if (const auto time = parse_rfc3339(text)) return time;
  if (text.size() == 10) {
    if (const auto day = parse_rfc3339(std::string(text) + "T00:00:00Z")) return day;
  }
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  constexpr std::int64_t limit = 1'000'000'000'000;
  if (error != std::errc{} || end != text.data() + text.size() || seconds > limit || seconds < -limit)
    return std::nullopt;
  return Timestamp{std::chrono::seconds(seconds)};
}

template <typename Read, typename Compare>
bool compare(const Comparison& comparison, Read read, Compare holds) {
  const auto actual = read(comparison.actual);
  const auto wanted = read(std::string_view(comparison.wanted.text()));
  return actual && wanted && holds(*actual, *wanted);
}

}  // namespace

bool address_in(const Comparison& comparison) {
  const auto address = read_address(comparison.actual);
  const auto range = read_address_range(comparison.wanted.text());
  return address && range && contains(*range, *address);
}

bool arn_like(const Comparison& comparison) {
  return comparison.wanted.matches_arn(comparison.actual, comparison.context, comparison.budget);
}

bool date_equals(const Comparison& comparison) { return compare(comparison, read_date, std::equal_to()); }
bool date_greater(const Comparison& comparison) { return compare(comparison, read_date, std::greater()); }
bool date_greater_or_equal(const Comparison& comparison) {
  return compare(comparison, read_date, std::greater_equal());
}
bool date_less(const Comparison& comparison) { return compare(comparison, read_date, std::less()); }
bool date_less_or_equal(const Comparison& comparison) { return compare(comparison, read_date, std::less_equal()); }

bool number_equals(const Comparison& comparison) { return compare(comparison, read_number, std::equal_to()); }
bool number_greater(const Comparison& comparison) { return compare(comparison, read_number, std::greater()); }
bool number_greater_or_equal(const Comparison& comparison) {
  return compare(comparison, read_number, std::greater_equal());
}
bool number_less(const Comparison& comparison) { return compare(comparison, read_number, std::less()); }
bool number_less_or_equal(const Comparison& comparison) { return compare(comparison, read_number, std::less_equal()); }

bool same_boolean(const Comparison& comparison) {
  return equal_ignoring_case(comparison.actual, comparison.wanted.text());
}

bool same_text(const Comparison& comparison) { return comparison.actual == comparison.wanted.text(); }

bool text_equals(const Comparison& comparison) {
  const auto wanted = comparison.wanted.expand(comparison.context);
  return wanted && comparison.actual == *wanted;
}

bool text_equals_ignoring_case(const Comparison& comparison) {
  const auto wanted = comparison.wanted.expand(comparison.context);
  return wanted && equal_ignoring_case(comparison.actual, *wanted);
}

bool text_like(const Comparison& comparison) {
  return comparison.wanted.matches(comparison.actual, Case::sensitive, comparison.context, comparison.budget);
}

}  // namespace stepwell::policy
