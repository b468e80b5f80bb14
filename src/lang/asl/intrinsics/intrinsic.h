#pragma once
// Intrinsic functions (spec §1.8). A new one is one file in this folder and one line in intrinsics.def.

#include <span>
#include <string_view>

#include "lang/asl/activation.h"
#include "lang/asl/failure.h"
#include "lang/json/value.h"

namespace stepwell::asl {

struct Intrinsic {
  std::string_view name;  // "States.Format"
  std::size_t min_arguments = 0;
  std::size_t max_arguments = 0;
  // Failures are States.IntrinsicFailure (or States.Runtime where AWS says so), framed.
  Evaluated<json::Value> (*call)(Activation& activation, std::span<const json::Value> arguments);
};

#define INTRINSIC(name, member) extern const Intrinsic member##_intrinsic;
#include "lang/asl/intrinsics/intrinsics.def"
#undef INTRINSIC

// The function of that name ("States.Format"), or nullptr.
const Intrinsic* find_intrinsic(std::string_view name);

}  // namespace stepwell::asl
