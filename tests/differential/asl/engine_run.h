#pragma once
// A case on the engine.

#include "case.h"
#include "outcome.h"

#include <expected>
#include <string>

namespace stepwell::differential {

// nullopt: the definition is not valid; `why` tells.
std::optional<Outcome> run_on_engine(const Case& value, std::size_t restart_every, std::string* why = nullptr);

}  // namespace stepwell::differential
