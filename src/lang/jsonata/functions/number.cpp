// $number, $abs, $floor, $ceil, $round, $power, $sqrt, $random, $formatBase.
#include "lang/jsonata/text/number.h"

#include "lang/jsonata/functions/builtin.h"
#include "lang/jsonata/functions/java_random.h"
#include "lang/jsonata/value/stringify.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace stepwell::jsonata::library {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// -?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?
bool is_decimal(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at > begin;
  };
  if (!digits()) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (!digits()) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (!digits()) return false;
  }
  return at == text.size();
}

std::optional<double> parse_decimal(std::string_view text) {
  if (!is_decimal(text)) return std::nullopt;
  double number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  // What is too small to be held is zero, what is too large is none.
  if (result.ec == std::errc::result_out_of_range) {
    const double value = json::Value::number(text).as_double();
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
  }
  return number;
}

std::optional<double> parse_with_base(std::string_view text) {
  if (text.size() < 3 || text[0] != '0') return std::nullopt;
  const char letter = static_cast<char>(text[1] | 0x20);
  const int base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
  if (base == 0) return std::nullopt;
  double number = 0;
  for (const char c : text.substr(2)) {
    int digit = 0;
    if (std::from_chars(&c, &c + 1, digit, base).ec != std::errc()) return std::nullopt;
    number = number * base + digit;
  }
  return number;
}

// Halves go up, as Math.round has it.
double round_up(double number) {
  const double below = std::floor(number);
  return number - below >= 0.5 ? below + 1 : below;
}

// Halves go to the even neighbour; `places` digits behind the point.
double round_even(double number, int places) {
  const double shifted = places == 0 ? number : shift_decimal(number, places);
  double result = round_up(shifted);
  if (std::abs(result - shifted) == 0.5 && std::abs(std::fmod(result, 2)) == 1) result -= 1;
  return places == 0 ? result : shift_decimal(result, -places);
}

template <typename Function>
Value mapped(Invocation& call, const Function& function) {
  return call[0].is_undefined() ? Value() : Value::number(function(call[0].as_number()));
}

}  // namespace

Value number_cast(Invocation& call) {
  const Value& value = call[0];
  if (value.is_undefined() || value.is_number()) return value;
  if (value.is_boolean()) return Value::number(value.as_boolean() ? 1 : 0);
  auto number = parse_decimal(value.as_string());
  if (!number) number = parse_with_base(value.as_string());
  return number ? Value::number(*number) : call.fail(Code::D3030, {shown(value)});
}

Value number_abs(Invocation& call) {
  return mapped(call, [](double number) { return std::abs(number); });
}
Value number_floor(Invocation& call) {
  return mapped(call, [](double number) { return std::floor(number); });
}
Value number_ceil(Invocation& call) {
  return mapped(call, [](double number) { return std::ceil(number); });
}

Value number_round(Invocation& call) {
  const double places = call[1].is_number() ? call[1].as_number() : 0;
  return mapped(call, [&](double number) {
    return std::isfinite(number) ? round_even(number, static_cast<int>(std::clamp(places, -400.0, 400.0))) : number;
  });
}

Value number_sqrt(Invocation& call) {
  if (call[0].is_undefined()) return {};
  if (call[0].as_number() < 0) return call.fail(Code::D3060, {shown(call[0])});
  return Value::number(std::sqrt(call[0].as_number()));
}

Value number_power(Invocation& call) {
  if (call[0].is_undefined()) return {};
  const double exponent = call[1].is_number() ? call[1].as_number() : std::nan("");
  const double result = std::pow(call[0].as_number(), exponent);
  if (!std::isfinite(result)) return call.fail(Code::D3061, {shown(call[0]), shown(call[1])});
  return Value::number(result);
}

Value number_random(Invocation& call) {
  if (call[0].is_number() && call.evaluator().program().dialect == Dialect::standard) {
    return call.fail(Code::T0410, {"1", quoted(call.site().name)});
  }
  if (call[0].is_number()) return Value::number(JavaRandom(call[0].as_number()).next_double());
  constexpr double kUnit = 1.0 / static_cast<double>(std::uint64_t{1} << 53);
  return Value::number(static_cast<double>(call.evaluator().environment().random->next() >> 11) * kUnit);
}

Value number_format_base(Invocation& call) {
  if (call[0].is_undefined()) return {};
  const double number = round_even(call[0].as_number(), 0);
  const double radix = call[1].is_undefined() ? 10 : round_even(call[1].as_number(), 0);
  if (!(radix >= 2 && radix <= 36)) return call.fail(Code::D3100, {shown(Value::number(radix))});
  if (!std::isfinite(number))
    return call.memory().string(std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
  if (radix == 10) return call.memory().string(number_text(number));
  // Digits that a double cannot tell are zeros.
  constexpr double kExact = static_cast<double>(std::uint64_t{1} << 53);
  std::string text;
  double rest = std::abs(number);
  for (; rest >= kExact; rest = std::floor(rest / radix)) text += '0';
  do {
    text += "0123456789abcdefghijklmnopqrstuvwxyz"[static_cast<std::size_t>(std::fmod(rest, radix))];
    rest = std::floor(rest / radix);
  } while (rest > 0);
  if (number < 0) text += '-';
  std::ranges::reverse(text);
  return call.memory().string(text);
}

}  // namespace stepwell::jsonata::library
