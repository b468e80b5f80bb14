#pragma once
// Intrinsic functions (spec §1.8). A new one is one file in this folder and one line in intrinsics.def.

#include "lang/asl/activation.h"
#include "lang/asl/failure.h"
#include "lang/json/value.h"

#include <cstddef>
#include <span>
#include <string_view>

namespace stepwell::asl {

inline constexpr std::size_t unlimited_arguments = static_cast<std::size_t>(-1);

struct Intrinsic {
  std::string_view name;  // "States.Format"
  std::size_t min_arguments = 0;
  std::size_t max_arguments = 0;
  // What the function costs of the state's budget: steps for each value and each eight bytes of text in its arguments;
  // 0 where it does not go through them.
  std::uint64_t weight = 1;
  // `arguments` is as many as the bounds allow. AWS reports what a function refuses as States.Runtime, framed; the
  // cause says which function ("Invalid arguments in States.MathAdd").
  Evaluated<json::Value> (*call)(Activation& activation, std::span<const json::Value> arguments);
};

#define INTRINSIC(name, member) extern const Intrinsic member##_intrinsic;
#include "lang/asl/intrinsics/intrinsics.def"
#undef INTRINSIC

// Calls the function once the budget has paid for it. What is too much for the budget is States.IntrinsicFailure.
Evaluated<json::Value> call_intrinsic(const Intrinsic& function, Activation& activation,
                                      std::span<const json::Value> arguments);

// The function of that name ("States.Format"), or nullptr.
const Intrinsic* find_intrinsic(std::string_view name);

}  // namespace stepwell::asl
