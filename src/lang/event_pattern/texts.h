#pragma once
// Matchers that are made from a text. A refusal is its reason.

#include "lang/event_pattern/matcher.h"

#include <expected>
#include <string>
#include <string_view>

namespace stepwell::event_pattern {

// A text that is an address of the internet fits the same address however it is written.
Matcher exact_text(std::string_view text);
// 10.0.0.0/24, 2001:db8::/32
std::expected<Matcher, std::string> cidr(std::string_view text);
// * is any text, \* and \\ are what they are in other places. Positions in reasons count the quotation mark.
std::expected<Matcher, std::string> wildcard(std::string_view text);

// How many places of the pattern one text may have reached at the same time, at most: what it costs to match.
std::size_t wildcard_complexity(std::string_view text);
inline constexpr std::size_t max_wildcard_complexity = 10;
inline constexpr std::string_view too_complex =
    "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard "
    "character";

}  // namespace stepwell::event_pattern
