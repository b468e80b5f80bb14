#pragma once
// Pictures of dates and times, as XPath's format-dateTime has them: "[D1o] of [MNn], [Y0001] [H01]:[m01] [Z]".

#include "lang/jsonata/failure.h"
#include "lang/jsonata/picture/integer_picture.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::jsonata {

// An error whose text may want to show something.
struct PictureFailure {
  Code code;
  std::string shown;
};

class DatePicture {
 public:
  static std::expected<DatePicture, PictureFailure> parse(std::string_view text);
  // "2024-05-01T10:20:30.123Z"
  static const DatePicture& iso();

  // `offset`: of the time zone as +hhmm is read. nullopt: there is no such time.
  std::expected<std::optional<std::string>, PictureFailure> format(double millis, double offset) const;
  // Milliseconds; nullopt: the text does not look so. What is not given is taken from `now`, down to the first that is.
  std::expected<std::optional<double>, PictureFailure> read(std::string_view text, double now) const;

 private:
  enum class Names : std::uint8_t { none, lower, upper, title };
  struct Part {
    std::string literal;  // of a part without component
    char component = '\0';
    char second_modifier = '\0';  // 't': Z for no offset
    Names names = Names::none;
    std::optional<std::size_t> least_width;
    std::optional<std::size_t> most_width;
    std::optional<IntegerPicture> integer;
    std::size_t year_digits = 0;  // of the year, the last ones; 0: all
    std::size_t parse_width = 0;  // exactly so many digits are read; 0: all there are
  };

  static std::expected<Part, PictureFailure> parse_marker(std::string_view marker);
  static std::expected<void, PictureFailure> parse_integer(Part& part, std::string_view presentation);

  using Formatted = std::expected<std::string, PictureFailure>;
  static Formatted format_part(const Part& part, const struct CalendarTime& time, double offset);
  static Formatted format_name(const Part& part, const struct CalendarTime& time);
  static Formatted format_zone(const Part& part, double offset);

  static std::expected<std::string, PictureFailure> expression(const Part& part);
  static std::optional<double> read_part(const Part& part, std::string_view text);

  std::vector<Part> parts_;
};

}  // namespace stepwell::jsonata
