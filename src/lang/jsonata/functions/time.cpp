// $now, $millis, $fromMillis, $toMillis. Now is one moment for the whole evaluation.
#include "base/error.h"
#include "lang/jsonata/functions/builtin.h"
#include "lang/jsonata/picture/calendar.h"
#include "lang/jsonata/picture/date_picture.h"
#include "lang/jsonata/value/stringify.h"

#include <charconv>
#include <cmath>

namespace stepwell::jsonata::library {
namespace {

double now(Invocation& call) {
  return static_cast<double>(call.evaluator().environment().now.time_since_epoch().count());
}

// "+0530" as the number it begins with; nullopt: there is none.
std::optional<double> offset_of(const Value& zone) {
  if (!zone.is_string()) return 0;
  std::string_view text = zone.as_string();
  if (text.starts_with('+')) text.remove_prefix(1);
  int offset = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), offset).ec != std::errc()) return std::nullopt;
  return offset;
}

Value fail(Invocation& call, const PictureFailure& failure) { return call.fail(failure.code, {failure.shown}); }

Value format(Invocation& call, double millis, const Value& picture, const Value& zone) {
  if (!call.evaluator().spend(16)) return call.fail(Code::U1002);
  const auto offset = offset_of(zone);
  if (!offset) return {};
  const auto formatted = [&]() -> std::expected<std::optional<std::string>, PictureFailure> {
    if (!picture.is_string()) return DatePicture::iso().format(millis, *offset);
    TRY_ASSIGN(const DatePicture parsed, DatePicture::parse(picture.as_string()));
    return parsed.format(millis, *offset);
  }();
  if (!formatted) return fail(call, formatted.error());
  return *formatted ? call.memory().string(**formatted) : Value();
}

// Reads digits and what stands between them, one after the other.
class Digits {
 public:
  explicit Digits(std::string_view text) : text_(text) {}

  bool skip(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  // A number of so many digits, the first one at most `first`.
  bool number(std::size_t digits, char first, double& out) {
    if (text_.size() < digits || text_[0] > first) return false;
    int value = 0;
    const auto result = std::from_chars(text_.data(), text_.data() + digits, value);
    if (result.ptr != text_.data() + digits || text_[0] == '-') return false;
    out = value;
    text_.remove_prefix(digits);
    return true;
  }
  // Milliseconds; further digits are passed over.
  bool fraction(double& out) {
    std::size_t digits = 0;
    double unit = 100;
    for (; digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9'; ++digits, unit /= 10) {
      if (unit >= 1) out += unit * (text_[digits] - '0');
    }
    text_.remove_prefix(digits);
    return digits > 0;
  }
  bool is_empty() const { return text_.empty(); }

 private:
  std::string_view text_;
};

// ISO 8601 as far as it is usual; nullopt: the text does not look so.
std::optional<double> read_iso(std::string_view text) {
  Digits digits(text);
  double year = 0;
  double month = 1;
  double day = 1;
  double hour = 0;
  double minute = 0;
  double second = 0;
  double millisecond = 0;
  double offset = 0;
  if (!digits.number(4, '9', year)) return std::nullopt;
  if (text.size() > 5 && text[5] <= '1' && digits.skip('-')) {
    if (!digits.number(2, '1', month)) return std::nullopt;
    if (text.size() > 8 && text[7] == '-' && text[8] <= '3') {
      digits.skip('-');
      if (!digits.number(2, '3', day)) return std::nullopt;
    }
  }
  if (digits.skip('T')) {
    const bool is_time = digits.number(2, '2', hour) && digits.skip(':') && digits.number(2, '5', minute) &&
                         digits.skip(':') && digits.number(2, '5', second);
    if (!is_time) return std::nullopt;
  }
  if (digits.skip('.') && !digits.fraction(millisecond)) return std::nullopt;
  if (!digits.skip('Z')) {
    const double sign = digits.skip('+') ? 1 : digits.skip('-') ? -1 : 0;
    double hours = 0;
    double minutes = 0;
    if (sign != 0) {
      if (!digits.number(2, '2', hours)) return std::nullopt;
      digits.skip(':');
      if (!digits.number(2, '5', minutes)) return std::nullopt;
    }
    offset = sign * (hours * 60 + minutes);
  }
  if (!digits.is_empty()) return std::nullopt;
  const bool is_midnight = hour == 24 && minute == 0 && second == 0 && millisecond == 0;
  if (month < 1 || month > 12 || day < 1 || day > 31 || (hour > 23 && !is_midnight)) return std::nan("");
  return millis_of(year, month, day, hour, minute, second, millisecond) - offset * 60'000;
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
    const auto millis = read_iso(text);
    return millis ? Value::number(*millis) : call.fail(Code::D3110, {shown(call[0])});
  }
  if (!call.evaluator().spend(64 + text.size() + call[1].as_string().size())) return call.fail(Code::U1002);
  const auto picture = DatePicture::parse(call[1].as_string());
  if (!picture) return fail(call, picture.error());
  const auto millis = picture->read(text, now(call));
  if (!millis) return fail(call, millis.error());
  return *millis ? Value::number(**millis) : Value();
}

}  // namespace stepwell::jsonata::library
