#include "engine/sim/shrink.h"

#include <algorithm>

namespace stepwell::engine::sim {
namespace {

// Takes `smaller` if it fails too.
bool accept(Plan& plan, const Plan& smaller, const std::function<bool(const Plan&)>& fails) {
  if (smaller == plan || !fails(smaller)) return false;
  plan = smaller;
  return true;
}

// The smallest number that fails, found as if all greater ones did.
template <typename Number>
bool reduce(Plan& plan, Number Plan::* member, Number least, const std::function<bool(const Plan&)>& fails) {
  bool reduced = false;
  Number low = least;
  while (low < plan.*member) {
    Plan smaller = plan;
    smaller.*member = low + (plan.*member - low) / 2;
    if (accept(plan, smaller, fails))
      reduced = true;
    else
      low = smaller.*member + 1;
  }
  return reduced;
}

bool drop_faults(Plan& plan, const std::function<bool(const Plan&)>& fails) {
  bool dropped = false;
  for (std::size_t fault = 0; fault < fault_kinds; ++fault) {
    Plan smaller = plan;
    smaller.faults.reset(fault);
    dropped = accept(plan, smaller, fails) || dropped;
  }
  return dropped;
}

}  // namespace

Plan shrink(Plan plan, const std::function<bool(const Plan&)>& fails) {
  bool smaller = true;
  while (smaller) {
    smaller = reduce<std::uint64_t>(plan, &Plan::steps, 1, fails);
    smaller = drop_faults(plan, fails) || smaller;
    smaller = reduce<std::uint32_t>(plan, &Plan::clients, 1, fails) || smaller;
    smaller = reduce<std::uint32_t>(plan, &Plan::machines, 1, fails) || smaller;
  }
  return plan;
}

}  // namespace stepwell::engine::sim
