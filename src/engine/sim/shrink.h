#pragma once
// A smaller plan that fails as well: kinds of faults, clients, machines and steps are left out as long as it does.
// Every part of a simulation has dice of its own, so what is left does nearly what it did before.

#include "engine/sim/plan.h"

#include <functional>

namespace stepwell::engine::sim {

Plan shrink(Plan plan, const std::function<bool(const Plan&)>& fails);

}  // namespace stepwell::engine::sim
