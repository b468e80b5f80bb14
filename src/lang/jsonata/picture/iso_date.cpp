#include "lang/jsonata/picture/calendar.h"
#include "lang/jsonata/picture/date_picture.h"

namespace stepwell::jsonata {
namespace {

// Takes the text from its front, piece by piece.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Exactly `count` digits that make a number from `min` to `max`. What is not there makes the whole text wrong.
  std::int64_t number(std::size_t count, std::int64_t min, std::int64_t max) {
    std::int64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 10 + digit();
    is_valid_ = is_valid_ && value >= min && value <= max;
    return value;
  }
  void expect(char c) { is_valid_ = take(c) && is_valid_; }
  // Milliseconds of a fraction of a second; further digits are dropped.
  std::int64_t fraction() {
    std::int64_t value = digit() * 100;
    std::int64_t weight = 10;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      value += digit() * weight;
      weight /= 10;
    }
    return value;
  }
  bool is_valid() const { return is_valid_; }

 private:
  std::int64_t digit() {
    if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') {
      is_valid_ = false;
      return 0;
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c - '0';
  }

  std::string_view rest_;
  bool is_valid_ = true;
};

std::int64_t read_date(Reader& reader) {
  CalendarDate date{.year = reader.number(4, 0, 9999), .month = 1, .day = 1};
  if (reader.take('-')) {
    date.month = reader.number(2, 1, 12);
    if (reader.take('-')) date.day = reader.number(2, 1, 31);
  }
  return days_of(date);
}

// Milliseconds since midnight. The end of a day may be called 24:00:00.
std::int64_t read_time(Reader& reader) {
  const std::int64_t hours = reader.number(2, 0, 24);
  const std::int64_t max = hours == 24 ? 0 : 59;
  reader.expect(':');
  const std::int64_t minutes = reader.number(2, 0, max);
  reader.expect(':');
  const std::int64_t seconds = reader.number(2, 0, max);
  const std::int64_t milliseconds = reader.take('.') ? reader.fraction() : 0;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
}

// Milliseconds east of Greenwich.
std::int64_t read_offset(Reader& reader) {
  const bool is_west = reader.take('-');
  if (!is_west) reader.expect('+');
  const std::int64_t hours = reader.number(2, 0, 23);
  reader.take(':');
  const std::int64_t minutes = reader.number(2, 0, 59);
  return (is_west ? -1 : 1) * (hours * 60 + minutes) * 60'000;
}

}  // namespace

std::expected<std::int64_t, PictureError> parse_iso_date(std::string_view text) {
  Reader reader(text);
  std::int64_t milliseconds = read_date(reader) * kMillisecondsPerDay;
  const bool has_time = reader.take('T');
  if (has_time) milliseconds += read_time(reader);
  const bool is_utc = reader.take('Z');
  if (has_time && !is_utc && !reader.at_end()) milliseconds -= read_offset(reader);
  if (!reader.is_valid() || !reader.at_end()) return picture_error(Code::D3110, quoted(text));
  return milliseconds;
}

}  // namespace stepwell::jsonata
