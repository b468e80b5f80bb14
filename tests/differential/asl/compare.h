#pragma once
// Whether two runs of a case came to the same: status, output, error, cause, and the history as a tree. Branches and
// iterations may be told in another order where the specification leaves it open.

#include "outcome.h"

#include <optional>
#include <string>

namespace stepwell::differential {

// What differs first, for people; nullopt: nothing does.
std::optional<std::string> difference(const Outcome& engine, const Outcome& reference);

}  // namespace stepwell::differential
