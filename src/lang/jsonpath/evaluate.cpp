#include "lang/jsonpath/walk.h"

namespace stepwell::jsonpath {
namespace {

using json::Value;

// The place a definite path of single steps names, or nullptr where it needs the walker.
const Value* follow(const Program& program, const Value& root) {
  const Value* at = &root;
  for (const Step& step : program.steps) {
    if (step.kind == StepKind::name) {
      at = at->find(step.name);
      if (at == nullptr) return nullptr;
      continue;
    }
    const bool from_end = step.kind == StepKind::from_end;
    if (!at->is_array() || !(from_end || step.kind == StepKind::index)) return nullptr;
    const auto elements = at->elements();
    const std::int64_t index = step.index + (from_end ? static_cast<std::int64_t>(elements.size()) : 0);
    if (index < 0 || static_cast<std::size_t>(index) >= elements.size()) return nullptr;
    at = &elements[static_cast<std::size_t>(index)];
  }
  return at;
}

}  // namespace

std::expected<Value, EvaluationError> evaluate_program(json::Arena& arena, const Program& program, const Value& root,
                                                       Budget& budget, Messages messages) {
  if (program.is_definite && budget.spend(1 + program.steps.size())) {
    if (const Value* value = follow(program, root)) return *value;
  }
  return Walker(arena, program, root, budget, messages).run();
}

}  // namespace stepwell::jsonpath
