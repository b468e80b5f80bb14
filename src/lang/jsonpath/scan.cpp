// Deep scan: the step behind ".." is tried on a value and on all below it, the outer before the inner.
#include "lang/jsonpath/walk.h"

#include <algorithm>

namespace stepwell::jsonpath {

Walker::Outcome Walker::scan(std::size_t at, const Value& model, const Trail& trail) {
  if (!model.is_object() && !model.is_array()) return Outcome::done;
  if (!budget_.spend(1) || depth_ == max_depth) return too_much();
  ++depth_;
  const Outcome outcome = model.is_object() ? scan_object(at, model, trail) : scan_array(at, model, trail);
  --depth_;
  return outcome;
}

Walker::Outcome Walker::scan_object(std::size_t at, const Value& model, const Trail& trail) {
  if (applies(at, model)) {
    const Outcome outcome = apply(at, model, trail);
    if (outcome != Outcome::done) return outcome;
  }
  if (failed_) return Outcome::failed;
  for (const json::Member& member : model.members()) {
    const Outcome outcome = scan(at, member.value, trail.member(member.key));
    if (outcome != Outcome::done) return outcome;
  }
  return Outcome::done;
}

// Where more follows, the step itself is passed over: what follows it is applied to every element of the array.
Walker::Outcome Walker::scan_array(std::size_t at, const Value& model, const Trail& trail) {
  const bool here = applies(at, model);
  if (failed_) return Outcome::failed;
  if (here && is_last(at)) {
    const Outcome outcome = apply(at, model, trail);
    if (outcome != Outcome::done) return outcome;
  }
  for (std::size_t index = 0; here && !is_last(at) && index < model.size(); ++index) {
    const Outcome outcome = apply_element(at, model, static_cast<std::int64_t>(index), trail);
    if (outcome != Outcome::done) return outcome;
  }
  std::int64_t index = 0;
  for (const Value& element : model.elements()) {
    const Outcome outcome = scan(at, element, trail.element(index++));
    if (outcome != Outcome::done) return outcome;
  }
  return Outcome::done;
}

bool Walker::applies(std::size_t at, const Value& model) {
  const Step& step = program_.steps[at];
  switch (step.kind) {
    case StepKind::name: return model.find(step.name) != nullptr;
    case StepKind::names:
      return model.is_object() &&
             std::ranges::all_of(program_.names_of(step), [&](auto name) { return model.find(name) != nullptr; });
    case StepKind::index:
    case StepKind::from_end:
    case StepKind::indexes:
    case StepKind::slice: return model.is_array();
    case StepKind::wildcard: return true;
    case StepKind::filter: return accepts(step, model);
    case StepKind::scan: return false;
  }
  return false;
}

}  // namespace stepwell::jsonpath
