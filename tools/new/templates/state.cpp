// {Name}: what the state does, in one sentence.
#include "lang/asl/compiler.h"
#include "lang/asl/states/state_kind.h"

namespace stepwell::asl {
namespace {

class {Name}State final : public State {
 public:
  Evaluated<Step> enter(Activation& activation) const override { return Exit{.output = activation.input()}; }
};

constexpr Field fields[] = {
    {.name = "Next"},
    {.name = "End"},
};

Result<std::unique_ptr<State>> compile(Compiler&, const json::Value&) { return std::make_unique<{Name}State>(); }

}  // namespace

const StateKind {name}_state = {.name = "{Name}", .fields = fields, .compile = compile};

}  // namespace stepwell::asl
