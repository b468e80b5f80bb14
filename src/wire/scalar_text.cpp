#include "wire/scalar_text.h"

#include "base/time.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "wire/call.h"

#include <algorithm>
#include <cmath>

namespace stepwell::wire {
namespace {

// The years 0000 to 9999, which is what the text can say.
constexpr Timestamp earliest = std::chrono::sys_days{std::chrono::year{0} / 1 / 1};
constexpr Timestamp latest = std::chrono::sys_days{std::chrono::year{10000} / 1 / 1} - std::chrono::milliseconds{1};

std::string timestamp_text(double epoch_seconds) {
  const double milliseconds =
      std::clamp(std::round(epoch_seconds * 1000), static_cast<double>(earliest.time_since_epoch().count()),
                 static_cast<double>(latest.time_since_epoch().count()));
  std::string text = format_rfc3339(Timestamp{Duration{static_cast<Duration::rep>(milliseconds)}});
  constexpr std::string_view no_fraction = ".000Z";
  if (text.ends_with(no_fraction)) text.replace(text.size() - no_fraction.size(), no_fraction.size(), "Z");
  return text;
}

json::Value number_or_string(json::Arena& arena, std::string_view text) {
  const auto number = json::parse(arena, text);
  return number && number->is_number() ? *number : json::Value::string(text);
}

json::Value timestamp_or_string(json::Arena& arena, std::string_view text) {
  const auto time = parse_rfc3339(text);
  const bool tells = time && *time >= earliest && *time <= latest;
  return tells ? epoch_seconds(arena, time->time_since_epoch().count()) : json::Value::string(text);
}

}  // namespace

std::string scalar_text(const Shape& shape, const json::Value& value) {
  if (shape.type == ShapeType::timestamp && value.is_number()) return timestamp_text(value.as_double());
  return value.is_string() ? std::string(value.as_string()) : json::print(value);
}

json::Value read_scalar(json::Arena& arena, const Shape& shape, std::string_view text) {
  switch (shape.type) {
    case ShapeType::boolean:
      if (text == "true" || text == "false") return json::Value::boolean(text == "true");
      return json::Value::string(text);
    case ShapeType::integer:
    case ShapeType::long_integer:
    case ShapeType::float_number:
    case ShapeType::double_number: return number_or_string(arena, text);
    case ShapeType::timestamp: return timestamp_or_string(arena, text);
    default: return json::Value::string(text);
  }
}

}  // namespace stepwell::wire
