#include "lang/jsonpath/walk.h"

#include "base/check.h"
#include "lang/json/build.h"
#include "lang/json/print.h"

#include <fmt/format.h>

namespace stepwell::jsonpath {
namespace {

using json::Value;
using Kind = EvaluationError::Kind;

constexpr Value null_value;

// A value as Java prints it: a member's text without quotation marks. Values share their parts, so that a small one can
// stand for an endless text.
std::string to_text(const Value& value, const Trail& trail) {
  constexpr std::size_t most_bytes = 1U << 20U;
  if (value.is_string() && trail.kind == Trail::Kind::member) return std::string(value.as_string());
  std::string text;
  return json::print_within(text, value, most_bytes) ? text : "…";
}

}  // namespace

std::expected<Value, EvaluationError> Walker::run() {
  if (!program_.is_definite) results_.reserve(16);
  if (apply(0, root_, Trail{}) != Outcome::done) return std::unexpected(std::move(error_));
  if (!program_.is_definite) return json::make_array(arena_, results_);
  CHECK(results_.size() == 1);
  return results_.front();
}

template <typename Message>
Walker::Outcome Walker::not_found(Message message) {
  error_.kind = Kind::not_found;
  if (messages_ == Messages::made && array_wildcards_ == 0) error_.message = message();
  return Outcome::not_found;
}

Walker::Outcome Walker::fail(Kind kind, std::string message) {
  error_ = {kind, std::move(message)};
  failed_ = true;
  return Outcome::failed;
}

Walker::Outcome Walker::apply(std::size_t at, const Value& model, const Trail& trail) {
  if (!budget_.spend(1) || depth_ == max_depth) return too_much();
  if (at == program_.steps.size()) {
    results_.push_back(model);
    return Outcome::done;
  }
  ++depth_;
  const Outcome outcome = apply_step(at, model, trail);
  --depth_;
  return outcome;
}

Walker::Outcome Walker::apply_step(std::size_t at, const Value& model, const Trail& trail) {
  switch (program_.steps[at].kind) {
    case StepKind::name: return apply_name(at, model, trail);
    case StepKind::names: return apply_names(at, model, trail);
    case StepKind::index:
    case StepKind::from_end:
    case StepKind::indexes: return apply_indexes(at, model, trail);
    case StepKind::slice: return apply_slice(at, model, trail);
    case StepKind::wildcard: return apply_wildcard(at, model, trail);
    case StepKind::scan: return scan(at + 1, model, trail);
    case StepKind::filter: return apply_filter(at, model, trail);
  }
  return Outcome::failed;
}

Walker::Outcome Walker::apply_name(std::size_t at, const Value& model, const Trail& trail) {
  const Step& step = program_.steps[at];
  if (!model.is_object()) return not_object(at, trail);
  const Trail here = trail.member(step.name);
  if (const Value* value = model.find(step.name)) return apply(at + 1, *value, here);
  if (is_last(at)) {
    return not_found([&] { return "No results for path: " + jsonpath::to_text(here); });
  }
  // What lies before a choice of many may be missing; the choice is then among none.
  const bool is_required = program_.steps[at == 0 ? 0 : at - 1].rest_is_definite;
  if (!is_required) return Outcome::done;
  return not_found([&] { return "Missing property in path " + jsonpath::to_text(here); });
}

Walker::Outcome Walker::apply_names(std::size_t at, const Value& model, const Trail& trail) {
  const Step& step = program_.steps[at];
  if (!model.is_object()) return not_object(at, trail);
  if (!is_last(at)) {
    return fail(Kind::invalid, "Multi properties can only be used as path leafs: " + jsonpath::to_text(trail) +
                                   jsonpath::to_text(program_, step));
  }
  json::ObjectBuilder selected(arena_);
  for (const std::string_view name : program_.names_of(step)) {
    if (const Value* value = model.find(name)) selected.add(arena_.copy(name), *value);
  }
  return apply(at + 1, selected.build(), trail);
}

Walker::Outcome Walker::apply_indexes(std::size_t at, const Value& model, const Trail& trail) {
  const Step& step = program_.steps[at];
  if (!model.is_array()) return not_array(at, model, trail);
  if (step.kind == StepKind::index) return apply_element(at, model, step.index, trail);
  if (step.kind == StepKind::from_end) {
    return apply_element(at, model, static_cast<std::int64_t>(model.size()) + step.index, trail);
  }
  for (const std::int32_t index : program_.indexes_of(step)) {
    const Outcome outcome = apply_element(at, model, index, trail);
    if (outcome != Outcome::done) return outcome;
  }
  return Outcome::done;
}

Walker::Outcome Walker::apply_slice(std::size_t at, const Value& model, const Trail& trail) {
  const Step& step = program_.steps[at];
  if (!model.is_array()) return not_array(at, model, trail);
  const auto size = static_cast<std::int64_t>(model.size());
  // A negative bound counts from the end only where it stands alone.
  std::int64_t from = step.from.value_or(0);
  std::int64_t to = step.to.value_or(size);
  if (!step.to && from < 0) from = std::max<std::int64_t>(0, from + size);
  if (!step.from && to < 0) to += size;
  to = std::min(to, size);
  for (std::int64_t index = from; index < to && size > 0; ++index) {
    const Outcome outcome = apply_element(at, model, index, trail);
    if (outcome != Outcome::done) return outcome;
  }
  return Outcome::done;
}

Walker::Outcome Walker::apply_element(std::size_t at, const Value& array, std::int64_t index, const Trail& trail) {
  const Trail here = trail.element(index);
  const auto elements = array.elements();
  if (index >= 0 && static_cast<std::size_t>(index) < elements.size()) {
    return apply(at + 1, elements[static_cast<std::size_t>(index)], here);
  }
  if (!is_last(at) || !program_.is_definite) return apply(at + 1, null_value, here);
  if (messages_ == Messages::omitted) return fail(Kind::index_out_of_range);
  return fail(Kind::index_out_of_range, "Index out of bounds when evaluating path " + jsonpath::to_text(here));
}

Walker::Outcome Walker::apply_wildcard(std::size_t at, const Value& model, const Trail& trail) {
  if (model.is_object()) {
    for (const json::Member& member : model.members()) {
      const Outcome outcome = apply(at + 1, member.value, trail.member(member.key));
      if (outcome != Outcome::done) return outcome;
    }
  }
  if (!model.is_array()) return Outcome::done;
  ++array_wildcards_;
  std::int64_t index = 0;
  for (const Value& element : model.elements()) {
    if (apply(at + 1, element, trail.element(index++)) == Outcome::failed) break;
  }
  --array_wildcards_;
  return outcome();
}

Walker::Outcome Walker::apply_filter(std::size_t at, const Value& model, const Trail& trail) {
  const Step& step = program_.steps[at];
  if (model.is_object()) {
    if (accepts(step, model)) return apply(at + 1, model, trail);
    return outcome();
  }
  if (!model.is_array()) {
    return fail(Kind::invalid, fmt::format("Filter: {} can not be applied to primitives. Current context is: {}",
                                           rest_to_text(at), to_text(model, trail)));
  }
  for (std::size_t index = 0; index < model.size(); ++index) {
    if (accepts(step, model.elements()[index])) {
      const Outcome outcome = apply_element(at, model, static_cast<std::int64_t>(index), trail);
      if (outcome != Outcome::done) return outcome;
    }
    if (failed_) return Outcome::failed;
  }
  return Outcome::done;
}

bool Walker::accepts(const Step& step, const Value& item) {
  const Filter& filter = program_.filters[step.first];
  auto accepted = filter.accepts(arena_, root_, item, budget_);
  if (accepted) return *accepted;
  fail(accepted.error().kind, std::move(accepted.error().message));
  return false;
}

Walker::Outcome Walker::not_object(std::size_t at, const Trail& trail) {
  return not_found([&] {
    return fmt::format("Property {} not found in path {}", jsonpath::to_text(program_, program_.steps[at]),
                       jsonpath::to_text(trail));
  });
}

Walker::Outcome Walker::not_array(std::size_t at, const Value& model, const Trail& trail) {
  if (model.is_null() && trail.kind == Trail::Kind::member) {
    return not_found([&] { return fmt::format("The path {} is null", jsonpath::to_text(trail)); });
  }
  return fail(Kind::invalid, fmt::format("Filter: {} can only be applied to arrays. Current context is: {}",
                                         rest_to_text(at), to_text(model, trail)));
}

Walker::Outcome Walker::too_much() {
  return fail(Kind::limit, fmt::format("The path visits more than {} values, or values nested deeper than {}",
                                       Path::max_visits, max_depth));
}

std::string Walker::rest_to_text(std::size_t at) const {
  std::string text;
  for (; at < program_.steps.size(); ++at) text += jsonpath::to_text(program_, program_.steps[at]);
  return text;
}

}  // namespace stepwell::jsonpath
