#include "lang/asl/intrinsics/intrinsic.h"

#include <algorithm>

namespace stepwell::asl {

const Intrinsic* find_intrinsic(std::string_view name) {
  static constexpr std::array all = {
#define INTRINSIC(name, member) &member##_intrinsic,
#include "lang/asl/intrinsics/intrinsics.def"
#undef INTRINSIC
  };
  const auto at = std::ranges::lower_bound(all, name, {}, [](const Intrinsic* function) { return function->name; });
  return at != all.end() && (*at)->name == name ? *at : nullptr;
}

}  // namespace stepwell::asl
