// $string, $substring…, $lowercase, $uppercase, $length, $trim, $pad, $join. Characters are code points.
#include "lang/jsonata/functions/builtin.h"
#include "lang/jsonata/text/case.h"
#include "lang/jsonata/text/utf8.h"
#include "lang/jsonata/value/stringify.h"

#include <cmath>

namespace stepwell::jsonata::library {
namespace {

// A part of a text that a value holds: nothing is copied.
Value part(const Value& whole, std::string_view text) { return Value::string(text, whole.is_temporary()); }

// Between 0 and `size`, fractions cut off; negative places count from the end.
std::size_t slice_place(double place, std::size_t size) {
  if (std::isnan(place)) return 0;
  const double whole = std::trunc(place);
  const double from_start = whole < 0 ? whole + static_cast<double>(size) : whole;
  return static_cast<std::size_t>(std::clamp(from_start, 0.0, static_cast<double>(size)));
}

}  // namespace

Value string_cast(Invocation& call) {
  const Value& value = call[0];
  if (value.is_undefined() || value.is_string()) return value;
  std::string text;
  const Layout layout = call[1].is_boolean() && call[1].as_boolean() ? Layout::pretty : Layout::compact;
  if (const auto error = stringify(value, layout, call.memory().limit(), text)) return call.fail(*error, {"null"});
  return call.memory().string(text);
}

Value string_substring(Invocation& call) {
  const Value& value = call[0];
  if (value.is_undefined()) return {};
  const std::string_view text = value.as_string();
  const std::size_t length = count_code_points(text);
  double start = call[1].is_number() ? call[1].as_number() : 0;
  if (static_cast<double>(length) + start < 0) start = 0;
  const std::size_t begin = slice_place(start, length);
  std::size_t end = length;
  if (call[2].is_number()) {
    if (!(call[2].as_number() > 0)) return Value::string({});
    const double last = (start >= 0 ? start : static_cast<double>(length) + start) + call[2].as_number();
    end = slice_place(last, length);
  }
  if (begin >= end) return Value::string({});
  const std::size_t from = offset_of_code_point(text, begin);
  const std::string_view rest = text.substr(from);
  return part(value, rest.substr(0, offset_of_code_point(rest, end - begin)));
}

Value string_substring_before(Invocation& call) {
  if (call[0].is_undefined()) return {};
  const std::string_view text = call[0].as_string();
  const std::string_view marker = call[1].is_string() ? call[1].as_string() : "undefined";
  return part(call[0], text.substr(0, find_text(text, marker)));
}

Value string_substring_after(Invocation& call) {
  if (call[0].is_undefined()) return {};
  const std::string_view text = call[0].as_string();
  const std::string_view marker = call[1].is_string() ? call[1].as_string() : "undefined";
  const std::size_t at = find_text(text, marker);
  return at == std::string_view::npos ? call[0] : part(call[0], text.substr(at + marker.size()));
}

Value string_lowercase(Invocation& call) {
  if (call[0].is_undefined()) return {};
  return call.memory().string(to_lower(call[0].as_string()));
}

Value string_uppercase(Invocation& call) {
  if (call[0].is_undefined()) return {};
  return call.memory().string(to_upper(call[0].as_string()));
}

Value string_length(Invocation& call) {
  if (call[0].is_undefined()) return {};
  return Value::number(static_cast<double>(count_code_points(call[0].as_string())));
}

// White space at the ends goes, and what is left of it inside becomes one space.
Value string_trim(Invocation& call) {
  if (call[0].is_undefined()) return {};
  const std::string_view text = call[0].as_string();
  std::string trimmed;
  bool is_behind_blank = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      is_behind_blank = !trimmed.empty();
      continue;
    }
    if (is_behind_blank) trimmed += ' ';
    is_behind_blank = false;
    trimmed += c;
  }
  return call.memory().string(trimmed);
}

Value string_pad(Invocation& call) {
  if (call[0].is_undefined()) return {};
  const std::string_view text = call[0].as_string();
  const double width = call[1].is_number() ? call[1].as_number() : 0;
  const std::string_view filling = call[2].is_string() && !call[2].as_string().empty() ? call[2].as_string() : " ";
  const double missing = std::trunc(std::abs(width)) - static_cast<double>(count_code_points(text));
  if (!(missing > 0)) return call[0];
  const std::size_t characters = count_code_points(filling);
  const double whole_times = std::floor(missing / static_cast<double>(characters));
  // Refused before it is made.
  if (whole_times * static_cast<double>(filling.size()) > static_cast<double>(call.memory().limit())) {
    return call.fail(Code::U1003);
  }
  const auto rest = static_cast<std::size_t>(missing - whole_times * static_cast<double>(characters));
  std::string padding;
  for (auto times = static_cast<std::size_t>(whole_times); times > 0; --times) padding += filling;
  padding += filling.substr(0, offset_of_code_point(filling, rest));
  return width > 0 ? call.memory().concatenated(text, padding) : call.memory().concatenated(padding, text);
}

Value string_join(Invocation& call) {
  const Value& strings = call[0];
  if (strings.is_undefined()) return {};
  const std::string_view separator = call[1].is_string() ? call[1].as_string() : std::string_view();
  std::size_t size = strings.size() > 1 ? separator.size() * (strings.size() - 1) : 0;
  for (std::size_t i = 0; i < strings.size(); ++i) size += strings.element(i).as_string().size();
  if (!call.evaluator().spend(strings.size() / 4 + size / 64)) return call.fail(Code::U1002);
  if (size == 0) return Value::string({});
  char* const text = call.memory().text(size);
  if (text == nullptr) return call.fail(Code::U1003);
  char* to = text;
  for (std::size_t i = 0; i < strings.size(); ++i) {
    if (i > 0) to = std::ranges::copy(separator, to).out;
    to = std::ranges::copy(strings.element(i).as_string(), to).out;
  }
  return Value::string({text, size});
}

}  // namespace stepwell::jsonata::library
