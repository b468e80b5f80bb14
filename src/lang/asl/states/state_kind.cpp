#include "lang/asl/states/state_kind.h"

namespace stepwell::asl {

const StateKind* find_state_kind(std::string_view name) {
  static constexpr const StateKind* kinds[] = {
#define STATE(name, member) &member##_state,
#include "lang/asl/states/states.def"
#undef STATE
  };
  for (const StateKind* kind : kinds) {
    if (kind->name == name) return kind;
  }
  return nullptr;
}

}  // namespace stepwell::asl
