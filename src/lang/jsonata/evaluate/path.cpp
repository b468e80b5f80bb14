#include "base/error.h"
#include "lang/jsonata/evaluate/evaluator.h"

namespace stepwell::jsonata {
namespace {}  // namespace

Value Evaluator::path(const Path& path, const Value& context) {
  if (path.variables.count == 0 && path.variables.frame == nullptr) return plain_path(path, context);
  if (path.opens_rows || std::ranges::any_of(path.steps, &Step::begins_rows)) return rows_path(path, context);
  return plain_path(path, context);
}

// A path that begins with an array constructor evaluates it over a list, whatever the context is.
Value Evaluator::as_list(const Value& context) {
  return context.is_array() ? context : memory_.array({context}).as_sequence();
}

Value Evaluator::plain_path(const Path& path, const Value& context) {
  // The steps stand one level below the path, whether or not they are nodes that are entered.
  if (depth_ + 1 > limits_.depth) return fail(Code::U1001, path.position);
  Value current = context;
  bool is_many = context.is_array() && !path.is_absolute;
  std::size_t i = 0;
  if (path.is_plain) {
    // As long as there are objects, names need no sequences.
    if (path.is_absolute) current = evaluate(*path.steps[i++].node, context);
    for (; i < path.steps.size() && current.is_object(); ++i) {
      current = current.find(static_cast<const Name&>(*path.steps[i].node).name);
    }
    budget_.used += i;
    if (i == path.steps.size() || current.is_failure()) return current;
    if (!current.is_array()) return {};
    is_many = true;
  }
  for (; i < path.steps.size(); ++i) {
    const Step& step = path.steps[i];
    current = step.is_constructor ? evaluate(*step.node, as_list(current))
                                  : this->step(step, current, is_many, i + 1 == path.steps.size());
    if (current.is_failure()) return current;
    if (current.is_undefined() || (current.is_array() && current.size() == 0)) break;
    // A constructor's array is walked over, and what is no array has nothing to be walked over.
    if (step.is_constructor && !current.is_array() && path.steps.size() > 1) return finish_path(path, {});
    const bool is_list = current.is_sequence() || step.is_constructor || step.node->kind == NodeKind::sort;
    is_many = current.is_array() && is_list;
  }
  return finish_path(path, current);
}

Value Evaluator::finish_path(const Path& path, const Value& result) {
  Value value = result;
  if (path.keeps_singleton && !value.is_undefined()) {
    const bool is_list = value.is_array() && !(value.is_constructed() && !value.is_sequence());
    value = is_list ? value.keeping_singleton() : memory_.array({value}).as_singleton();
  }
  return path.group == nullptr ? value : grouped(*path.group, value);
}

// Evaluates a step for each item; the results are one flat sequence. A lone array that the last step yields and that is
// no sequence stays what it is.
Value Evaluator::step(const Step& step, const Value& current, bool is_many, bool is_last) {
  if (step.node->kind == NodeKind::sort) {
    if (!spend(1)) return fail(Code::U1002, step.node->position);
    Value sorted = sort(static_cast<const Sort&>(*step.node), current);
    for (const Stage& stage : step.stages) {
      if (sorted.is_failure()) return sorted;
      sorted = select(stage, sorted);
    }
    return sorted;
  }
  Collector results(*this);
  Value first;
  std::size_t count = 0;
  const auto add = [&](const Value& value) {
    const auto flatten = [&](const Value& part) {
      if (part.is_array() && !part.is_constructed()) {
        results.spread(part);
      } else {
        results.push(part);
      }
    };
    if (++count == 1) {
      first = value;
      return;
    }
    if (count == 2) flatten(first);
    flatten(value);
  };
  const std::size_t size = is_many ? current.size() : 1;
  for (std::size_t i = 0; i < size; ++i) {
    const Value value = step_value(step, is_many ? current.element(i) : current);
    if (value.is_failure()) return value;
    if (!value.is_undefined()) add(value);
  }
  if (count > 1) return results.sequence();
  if (count == 0 || !first.is_array()) return first;
  if (is_last && !first.is_sequence()) return first;
  // The marks of what it was made of are not those of the path.
  return first.is_constructed() ? memory_.array({first}).as_sequence() : first.as_plain().as_sequence();
}

// A name needs no node to be entered: most steps are names.
Value Evaluator::step_value(const Step& step, const Value& item) {
  Value value;
  if (step.node->kind == NodeKind::name) {
    ++budget_.used;
    value = settle(name(static_cast<const Name&>(*step.node).name, item), false);
  } else {
    value = evaluate(*step.node, item);
  }
  for (const Stage& stage : step.stages) {
    if (value.is_failure()) return value;
    value = select(stage, value);
  }
  return value;
}

Value Evaluator::name(std::string_view name, const Value& item) {
  if (item.is_object()) return item.find(name);
  if (!item.is_array()) return {};
  if (++depth_ > kDeepestValue) return fail(Code::U1001, 0);
  if (!spend(1 + item.size())) return fail(Code::U1002, 0);
  Collector found(*this);
  for (std::size_t i = 0; i < item.size(); ++i) {
    const Value value = this->name(name, item.element(i));
    if (value.is_failure()) return value;
    if (!value.is_undefined()) found.spread(value);
  }
  --depth_;
  return found.sequence();
}

namespace {

using Walked = std::expected<void, Code>;

// All that is no array in arrays of arrays.
Walked flatten(Evaluator& evaluator, const Value& value, Evaluator::Collector& out, std::size_t depth) {
  if (!value.is_array()) {
    out.push(value);
    return {};
  }
  TRY(evaluator.walk(value, depth));
  for (std::size_t i = 0; i < value.size(); ++i) TRY(flatten(evaluator, value.element(i), out, depth + 1));
  return {};
}

Walked descend(Evaluator& evaluator, const Value& value, Evaluator::Collector& out, std::size_t depth) {
  if (!value.is_array()) out.push(value);
  if (!value.is_array() && !value.is_object()) return {};
  TRY(evaluator.walk(value, depth));
  for (std::size_t i = 0; i < value.size(); ++i) {
    TRY(descend(evaluator, value.is_array() ? value.element(i) : value.member(i).value, out, depth + 1));
  }
  return {};
}

}  // namespace

Value Evaluator::wildcard(const Value& context) {
  const Value item = context.is_wrapper() && context.size() > 0 ? context.element(0) : context;
  if (!item.is_array() && !item.is_object()) return Value::array(nullptr, 0).as_sequence();
  Collector found(*this);
  bool is_plain = false;
  for (std::size_t i = 0; i < item.size(); ++i) {
    const Value value = item.is_array() ? item.element(i) : item.member(i).value;
    is_plain |= value.is_array();
    if (const auto walked = flatten(*this, value, found, 0); !walked) return fail(walked.error(), 0);
  }
  const Value values = found.array();
  return is_plain ? values : values.as_sequence();
}

Value Evaluator::descendants(const Value& context) {
  if (context.is_undefined()) return {};
  Collector found(*this);
  if (const auto walked = descend(*this, context, found, 0); !walked) return fail(walked.error(), 0);
  return found.size() == 1 ? found.values()[0] : found.sequence();
}

}  // namespace stepwell::jsonata
