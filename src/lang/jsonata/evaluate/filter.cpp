// Predicates: an expression in brackets that chooses items by a condition, a number, or an array of numbers.
#include "lang/jsonata/evaluate/evaluator.h"
#include "lang/jsonata/value/truth.h"

#include <algorithm>
#include <cmath>

namespace stepwell::jsonata {
namespace {

// The place that a number means; negative ones count from the end.
double place_of(double number, std::size_t size) {
  const double whole = std::floor(number);
  return whole < 0 ? whole + static_cast<double>(size) : whole;
}

Value item_of(const Value& input, std::size_t at) { return input.is_array() ? input.element(at) : input; }
std::size_t size_of(const Value& input) { return input.is_array() ? input.size() : 1; }

}  // namespace

Value Evaluator::filter(const Filter& filter, const Value& context) {
  Value value = dispatch(*filter.source, context);
  for (const Stage& stage : filter.stages) {
    if (value.is_failure()) return value;
    value = select(stage, value);
  }
  if (value.is_failure()) return value;
  if (filter.group != nullptr) return grouped(*filter.group, value);
  if (filter.keeps_array && !filter.stages.empty() && !value.is_array() && !value.is_undefined()) {
    return memory_.array({value}).as_singleton();
  }
  return value;
}

// How often an item at that place is chosen is told by the caller's loop: nullopt is a failure.
std::optional<bool> Evaluator::selects(const Value& verdict, std::size_t at, std::size_t size, std::uint32_t position) {
  const double number = verdict.is_number() ? verdict.as_number() : 0;
  if (!verdict.is_number() || !std::isfinite(number)) return decide(verdict, position);
  return place_of(number, size) == static_cast<double>(at);
}

Value Evaluator::select(const Stage& stage, const Value& input) {
  if (input.is_rows()) return input;
  const Node& predicate = *stage.filter;
  if (predicate.kind == NodeKind::constant) {
    const Value& constant = static_cast<const Constant&>(predicate).value;
    if (constant.is_number()) return select_at(constant.as_number(), input);
  }
  if (stage.is_free) return select_free(stage, input);
  const std::size_t size = size_of(input);
  Collector chosen(*this);
  for (std::size_t i = 0; i < size; ++i) {
    const Value item = item_of(input, i);
    const Value verdict = evaluate(predicate, item);
    if (verdict.is_failure()) return verdict;
    if (is_number_list(verdict)) {
      for (std::size_t k = 0; k < verdict.size(); ++k) {
        const auto is_chosen = selects(verdict.element(k), i, size, predicate.position);
        if (!is_chosen) return Value::failure();
        if (*is_chosen) chosen.push(item);
      }
      continue;
    }
    const auto is_chosen = selects(verdict, i, size, predicate.position);
    if (!is_chosen) return Value::failure();
    if (*is_chosen) chosen.push(item);
  }
  if (chosen.size() == 1 && !chosen.values()[0].is_array() && !chosen.values()[0].is_undefined())
    return chosen.values()[0];
  return chosen.sequence();
}

// A number that is written down: an item that is an array becomes the result.
Value Evaluator::select_at(double index, const Value& input) {
  const std::size_t size = size_of(input);
  const double place = place_of(index, size);
  if (place >= 0 && place < static_cast<double>(size)) {
    const Value item = item_of(input, static_cast<std::size_t>(place));
    if (!item.is_undefined()) return item;
  }
  return Value::array(nullptr, 0).as_sequence();
}

// The predicate says the same about every item, and is asked once.
Value Evaluator::select_free(const Stage& stage, const Value& input) {
  const std::size_t size = size_of(input);
  if (size == 0) return Value::array(nullptr, 0).as_sequence();
  const Value verdict = evaluate(*stage.filter, input);
  if (verdict.is_failure()) return verdict;
  Collector chosen(*this);
  std::vector<double> places;
  if (is_number_list(verdict)) {
    for (std::size_t i = 0; i < verdict.size(); ++i) places.push_back(place_of(verdict.element(i).as_number(), size));
  } else if (verdict.is_number() && !std::isnan(verdict.as_number())) {
    if (std::isinf(verdict.as_number())) return fail(Code::D1001, stage.filter->position, {"null"});
    places.push_back(place_of(verdict.as_number(), size));
  } else {
    const auto holds = decide(verdict, stage.filter->position);
    if (!holds) return Value::failure();
    if (!*holds) return Value::array(nullptr, 0).as_sequence();
    for (std::size_t i = 0; i < size; ++i) chosen.push(item_of(input, i));
  }
  std::ranges::sort(places);
  for (const double place : places) {
    if (place >= 0 && place < static_cast<double>(size)) chosen.push(item_of(input, static_cast<std::size_t>(place)));
  }
  if (chosen.size() == 1 && !chosen.values()[0].is_array() && !chosen.values()[0].is_undefined())
    return chosen.values()[0];
  return chosen.sequence();
}

}  // namespace stepwell::jsonata
