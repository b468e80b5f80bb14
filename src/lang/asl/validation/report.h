#pragma once
// Diagnostics for people: what a terminal or an editor shows.

#include "lang/asl/validation/validate.h"

#include <span>
#include <string>
#include <string_view>

namespace stepwell::asl {

// A line each: "order.asl.json:12:15: error MISSING_TRANSITION_TARGET: Missing 'Next' target: Shp (did you mean
// 'Ship'?)". Line and column are those of the value in `definition`, the text that was validated.
std::string report(std::string_view file, std::string_view definition, std::span<const Diagnostic> diagnostics);

}  // namespace stepwell::asl
