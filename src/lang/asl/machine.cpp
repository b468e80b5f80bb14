#include "lang/asl/machine.h"

#include "base/check.h"
#include "lang/asl/compiler.h"

namespace stepwell::asl {

Machine::Machine() = default;
Machine::~Machine() = default;

Result<std::shared_ptr<const Machine>> Machine::compile(std::string_view definition, Purpose purpose) {
  return Compiler::compile(definition, purpose);
}

const State* Block::find(std::string_view name) const {
  const auto found =
      std::ranges::find(states_, name, [](const auto& state) -> std::string_view { return state->name(); });
  return found == states_.end() ? nullptr : found->get();
}

// The defaults below belong to states that never ask for what these answer.
namespace {
[[noreturn]] void not_asked_for() {
  constexpr bool state_type_asks_for_this = false;
  CHECK(state_type_asks_for_this);
  std::unreachable();
}
}  // namespace

Evaluated<Step> State::resume(Activation&, const Answer&) const { not_asked_for(); }
const Block* State::child_block(std::uint32_t) const { return nullptr; }
Evaluated<json::Value> State::child_input(Activation&, std::uint32_t) const { not_asked_for(); }
Evaluated<json::Value> State::child_item(Activation&, std::uint32_t) const { not_asked_for(); }

Evaluated<Recovery> State::recover(Activation&, const Failure&, std::span<const std::uint32_t>) const {
  return Propagate{};
}

}  // namespace stepwell::asl
