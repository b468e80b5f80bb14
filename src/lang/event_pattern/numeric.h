#pragma once
// Ranges of numbers: [ ">", 0, "<=", 5 ], [ "=", 3.018e2 ].

#include "lang/event_pattern/matcher.h"
#include "lang/event_pattern/place.h"

namespace stepwell::event_pattern {

// Numbers of ranges, and those that anything-but leaves out, are at most this far from 0.
inline constexpr double largest_number = 5e9;
inline constexpr std::string_view out_of_range = "Value must be between -5.0E9 and 5.0E9, inclusive";

Read<Matcher> read_numeric(const json::Value& range, Place& place);

}  // namespace stepwell::event_pattern
