#pragma once
// ErrorEquals, of retriers and catchers alike.

#include "lang/asl/validation/findings.h"
#include "lang/json/value.h"

namespace stepwell::asl::validation {

enum class IsLast : std::uint8_t { no, yes };

// A list of names, not empty; States.ALL stands alone, and in the last entry only.
void check_error_names(const json::Value* names, IsLast last, const Place& place, Findings& findings);

}  // namespace stepwell::asl::validation
