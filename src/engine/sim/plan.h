#pragma once
// What a simulation is made of. Everything else follows from it: the same plan on the same program is the same run.

#include "base/error.h"

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>

namespace stepwell::engine::sim {

enum class Fault : std::uint8_t {
#define FAULT(name, what) name,
#include "engine/sim/faults.def"
#undef FAULT
};
inline constexpr std::size_t fault_kinds = 0
#define FAULT(name, what) +1
#include "engine/sim/faults.def"
#undef FAULT
    ;
std::string_view name_of(Fault fault);

struct Plan {
  std::uint64_t seed = 1;
  std::uint64_t steps = 10'000;  // with faults; the calm after them is not counted
  std::uint32_t clients = 6;
  std::uint32_t machines = 12;  // of those that the seed gives
  std::bitset<fault_kinds> faults = ~std::bitset<fault_kinds>();

  bool has(Fault fault) const { return faults.test(static_cast<std::size_t>(fault)); }
  bool operator==(const Plan&) const = default;
};

// {"seed": "…", "steps": …, "clients": …, "machines": …, "faults": ["crash", …]}
std::string to_json(const Plan& plan);
Result<Plan> plan_of_json(std::string_view text);

}  // namespace stepwell::engine::sim
