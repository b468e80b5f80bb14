#pragma once
// A differing case made small: states, fields, answers and parts of the input are left out while it still differs.

#include "case.h"

#include <functional>

namespace stepwell::differential {

// `differs` answers false for a case that cannot be run.
Case shrink(Case value, const std::function<bool(const Case&)>& differs);

}  // namespace stepwell::differential
