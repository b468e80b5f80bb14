#pragma once
// Finds the parts of a picture in a text that was written by it, ignoring case. As in a regular expression, a part
// takes as much as it can while the rest still fits.

#include "lang/jsonata/picture/date_parts.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace stepwell::jsonata {

// What each part takes; nullopt: the text is not as the parts say, or there is too much of it (see parse_date).
std::optional<std::vector<std::string_view>> match_date(std::string_view text, std::span<const DatePart> parts);

}  // namespace stepwell::jsonata
