#pragma once
// A picture of points in time, taken apart into texts that stand for themselves and markers in brackets (F&O 3.1
// §9.8.4): [component presentation ordinal, min width - max width]. "[[" and "]]" stand for brackets.

#include "lang/jsonata/picture/integer_picture.h"
#include "lang/jsonata/picture/picture_error.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::jsonata {

struct DateMarker {
  char component = '\0';                        // one of kDateComponents
  std::optional<IntegerPicture::Case> name;     // a name is shown, in that case
  std::optional<IntegerPicture> integer;        // a number is shown; for a time zone only if it is one of digits
  bool shows_utc_as_z = false;                  // time zones: presentation "t"
  std::optional<std::size_t> max_width;         // of a name
  std::optional<std::size_t> last_year_digits;  // of a year only the last ones are shown

  bool is_zone() const { return component == 'Z' || component == 'z'; }
  bool has_fixed_width() const { return component == 'Y' || component == 'M' || component == 'D'; }
  bool has_names() const { return std::string_view("MxFP").find(component) != std::string_view::npos; }
};

struct DatePart {
  std::string text;  // of no marker
  std::optional<DateMarker> marker;
};

inline constexpr std::string_view kDateComponents = "YMDdFWwXxHhPmsfZzCE";

// Errors: D3130, D3131, D3132, D3135.
std::expected<std::vector<DatePart>, PictureError> parse_date_picture(std::string_view picture);

inline constexpr std::array<std::string_view, 12> kMonthNames = {"January",   "February", "March",    "April",
                                                                 "May",       "June",     "July",     "August",
                                                                 "September", "October",  "November", "December"};
inline constexpr std::array<std::string_view, 7> kDayNames = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                              "Friday", "Saturday", "Sunday"};

}  // namespace stepwell::jsonata
