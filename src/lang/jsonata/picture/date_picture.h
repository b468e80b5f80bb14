#pragma once
// $fromMillis and $toMillis: points in time, in milliseconds since 1970-01-01T00:00Z, as pictures show them,
// "[D1o] [MNn] [Y0001], [H01]:[m01]" (F&O 3.1 §9.8), as the reference implementation reads those. Beyond it, digits
// that are read may be of any family.

#include "base/time.h"
#include "lang/jsonata/picture/picture_error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::jsonata {

// `picture` nullopt: ISO 8601, "2018-03-23T10:33:36.617Z". `zone` is "+0530", or "" for UTC. Fractions of a millisecond
// are dropped. Errors: D1001 for a number that is no point in time, D3130 to D3135; D3134 for a zone that is none, too.
std::expected<std::string, PictureError> format_date(double milliseconds, std::optional<std::string_view> picture = {},
                                                     std::string_view zone = {});

// ISO 8601: a year, year and month, or date; with it a time to the second, its fraction and a zone, without one in UTC.
// Days behind the end of a month (up to 31) go on into the next. Error: D3110.
std::expected<std::int64_t, PictureError> parse_iso_date(std::string_view text);

// nullopt: the text is not as the picture says. Larger components that the picture lacks are those of `now`, smaller
// ones are the least. Longer texts than 512 bytes and pictures of more than 128 parts match nothing. Errors: D3130 to
// D3133, D3135; D3136 when a component between others is missing, or for weeks.
std::expected<std::optional<std::int64_t>, PictureError> parse_date(std::string_view text, std::string_view picture,
                                                                    Timestamp now);

}  // namespace stepwell::jsonata
