#pragma once
// Whether two runs of a case came to the same: status, output, error, cause, and the history as a tree. Branches and
// iterations may be told in another order where the specification leaves it open. Where an answer met something else
// (Outcome::tie), what came before must be the same, and what follows is open: never more than that is passed over.

#include "outcome.h"

#include <optional>
#include <string>

namespace stepwell::differential {

struct Comparison {
  std::optional<std::string> difference;  // what differs first, for people; nullopt: nothing does
  bool is_open = false;                   // they are the same as far as they can be compared: up to the tie
};
Comparison compare(const Outcome& engine, const Outcome& reference);

}  // namespace stepwell::differential
