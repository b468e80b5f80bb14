// $now, $millis, $fromMillis, $toMillis. Now is one moment for the whole evaluation.
#include "lang/jsonata/functions/builtin.h"
#include "lang/jsonata/picture/date_picture.h"

#include <optional>
#include <string_view>

namespace stepwell::jsonata::library {
namespace {

double now(Invocation& call) {
  return static_cast<double>(call.evaluator().environment().now.time_since_epoch().count());
}

Value fail(Invocation& call, const PictureError& error) { return call.fail(error.code, {error.shown}); }

Value format(Invocation& call, double milliseconds, const Value& picture, const Value& zone) {
  std::optional<std::string_view> shape;
  if (picture.is_string()) shape = picture.as_string();
  if (!call.evaluator().spend(16 + shape.value_or("").size())) return call.fail(Code::U1002);
  const auto text = format_date(milliseconds, shape, zone.is_string() ? zone.as_string() : std::string_view());
  return text ? call.memory().string(*text) : fail(call, text.error());
}

}  // namespace

Value time_now(Invocation& call) { return format(call, now(call), call[0], call[1]); }

Value time_millis(Invocation& call) { return Value::number(now(call)); }

Value time_from_millis(Invocation& call) {
  return call[0].is_undefined() ? Value() : format(call, call[0].as_number(), call[1], call[2]);
}

Value time_to_millis(Invocation& call) {
  if (call[0].is_undefined()) return {};
  const std::string_view text = call[0].as_string();
  if (!call[1].is_string()) {
    const auto milliseconds = parse_iso_date(text);
    return milliseconds ? Value::number(static_cast<double>(*milliseconds)) : fail(call, milliseconds.error());
  }
  const std::string_view picture = call[1].as_string();
  if (!call.evaluator().spend(64 + text.size() + picture.size())) return call.fail(Code::U1002);
  const auto milliseconds = parse_date(text, picture, call.evaluator().environment().now);
  if (!milliseconds) return fail(call, milliseconds.error());
  return *milliseconds ? Value::number(static_cast<double>(**milliseconds)) : Value();
}

}  // namespace stepwell::jsonata::library
