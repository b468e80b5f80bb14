#include "lang/jsonata/evaluate/evaluator.h"
#include "lang/jsonata/functions/builtin.h"
#include "lang/jsonata/text/utf8.h"
#include "lang/jsonata/value/truth.h"

#include <algorithm>

namespace stepwell::jsonata {
namespace {

// What every evaluation is charged at its beginning: with it, the longest range that is allowed is AWS's, to the
// element.
constexpr std::size_t kEvaluation = 692;

}  // namespace

Evaluator::Evaluator(const Program& program, const Environment& environment, json::Arena& scratch, json::Arena& results)
    : program_(program),
      environment_(environment),
      limits_(environment.limits),
      memory_(scratch, environment.limits.memory_bytes),
      results_(results),
      budget_{.used = 0, .most = environment.limits.steps},
      most_collected_(environment.limits.memory_bytes / Memory::kElement + 64) {
  memory_.charge(kEvaluation);
  for (const GlobalName& name : program.globals) globals_.push_back({.name = &name, .value = {}});
}

Value Evaluator::run(const Value& input) {
  input_ = input;
  frame_ = new_frame(nullptr, program_.frame.slots);
  // An array is one input, not many: as if it stood in another one.
  const Value context = input.is_array() ? memory_.array({input}).as_wrapper() : input;
  const Value result = evaluate(*program_.root, context);
  if (memory_.is_exceeded()) return fail(Code::U1003, 0);
  return result;
}

Value Evaluator::fail(Code code, std::uint32_t position, std::initializer_list<std::string_view> arguments) {
  return fail(make_error(code, position, arguments));
}

Value Evaluator::fail(Error error) {
  if (!error_) error_ = std::move(error);
  return Value::failure();
}

Value Evaluator::refuse(const Node& node) {
  const Code code = depth_ > limits_.depth ? Code::U1001 : budget_.is_exceeded() ? Code::U1002 : Code::U1003;
  return fail(code, node.position);
}

std::optional<bool> Evaluator::decide(const Value& value, std::uint32_t position) {
  const auto holds = truth(value, budget_);
  if (holds) return *holds;
  fail(holds.error(), position, {"null"});
  return std::nullopt;
}

std::optional<int> Evaluator::order(std::string_view a, std::string_view b, std::uint32_t position) {
  if (budget_.spend_text(std::min(a.size(), b.size()))) return compare_utf16(a, b);
  fail(Code::U1002, position);
  return std::nullopt;
}

std::optional<bool> Evaluator::compare(const Value& a, const Value& b, std::uint32_t position) {
  const auto is_same = is_equal(a, b, budget_);
  if (is_same) return *is_same;
  fail(is_same.error(), position);
  return std::nullopt;
}

Value Evaluator::evaluate(const Node& node, const Value& context) {
  if (!enter()) [[unlikely]]
    return refuse(node);
  const Value value = dispatch(node, context);
  --depth_;
  return value.is_array() && !node.is_tail ? settle(value, node.keeps_array) : value;
}

Value Evaluator::dispatch(const Node& node, const Value& context) {
  switch (node.kind) {
    case NodeKind::constant: {
      const auto& constant = static_cast<const Constant&>(node);
      if (depth_ + constant.height - 1 > limits_.depth) return fail(Code::U1001, node.position);
      return constant.value;
    }
    case NodeKind::context: return context.is_wrapper() ? context.element(0) : context;
    case NodeKind::root: return input_;
    case NodeKind::local:
    case NodeKind::global: return read(&node, context);
    case NodeKind::missing: return {};
    case NodeKind::name: return name(static_cast<const Name&>(node).name, context);
    case NodeKind::wildcard: return wildcard(context);
    case NodeKind::descendants: return descendants(context);
    case NodeKind::matcher: {
      auto* const made = make<MatcherFunction>();
      made->kind = Function::Kind::matcher;
      made->pattern = static_cast<const Matcher&>(node).pattern;
      return Value::function(made);
    }
    case NodeKind::negate: return negate(static_cast<const Unary&>(node), context);
    case NodeKind::arithmetic: return arithmetic(static_cast<const Binary&>(node), context);
    case NodeKind::comparison: return comparison(static_cast<const Binary&>(node), context);
    case NodeKind::equality: return equality(static_cast<const Binary&>(node), context);
    case NodeKind::both:
    case NodeKind::either: return logical(static_cast<const Binary&>(node), context);
    case NodeKind::membership: return membership(static_cast<const Binary&>(node), context);
    case NodeKind::concatenation: return concatenation(static_cast<const Binary&>(node), context);
    case NodeKind::range: return range(static_cast<const Binary&>(node), context);
    case NodeKind::array: return array(static_cast<const Array&>(node), context);
    case NodeKind::object: return object(static_cast<const ObjectConstructor&>(node).group, context);
    case NodeKind::block: return block(static_cast<const Block&>(node), context);
    case NodeKind::condition: return condition(static_cast<const Condition&>(node), context);
    case NodeKind::bind: return bind(static_cast<const Bind&>(node), context);
    case NodeKind::path: return path(static_cast<const Path&>(node), context);
    case NodeKind::filter: return filter(static_cast<const Filter&>(node), context);
    case NodeKind::sort: return sort(static_cast<const Sort&>(node), context);
    case NodeKind::call: return call(static_cast<const Call&>(node), context, nullptr);
    case NodeKind::partial: return partial(static_cast<const Call&>(node), context);
    case NodeKind::lambda: return lambda(static_cast<const Lambda&>(node), context);
    case NodeKind::apply: return chain(static_cast<const Apply&>(node), context);
    case NodeKind::transform: {
      auto* const made = make<TransformFunction>();
      made->kind = Function::Kind::transform;
      made->transform = &static_cast<const Transform&>(node);
      made->frame = frame_;
      return Value::function(made);
    }
  }
  return {};
}

const Value* Evaluator::local(const Local& local) const {
  const Frame* frame = frame_;
  for (std::uint32_t hops = local.hops; hops > 0; --hops) frame = frame->parent;
  return &frame->slots[local.slot];
}

// A name means the innermost variable that is bound.
Value Evaluator::read(const Node* node, const Value&) {
  while (node != nullptr && node->kind == NodeKind::local) {
    const auto& variable = static_cast<const Local&>(*node);
    const Value& value = *local(variable);
    if (!value.is_unbound()) return value;
    node = variable.otherwise;
  }
  return node == nullptr ? Value() : global(static_cast<const Global&>(*node));
}

// Asked for once.
Value Evaluator::global(const Global& global) {
  GlobalState& state = globals_[global.number];
  if (state.is_known) return state.value;
  state.is_known = true;
  if (environment_.bindings != nullptr) {
    if (const auto bound = environment_.bindings->find(state.name->name)) {
      auto* const kept = memory_.arena().make<json::Value>(*bound);
      return state.value = Value::from(*kept);
    }
  }
  if (state.name->builtin == nullptr) return {};
  auto* const made = make<BuiltinFunction>();
  made->kind = Function::Kind::builtin;
  made->builtin = state.name->builtin;
  return state.value = Value::function(made);
}

Value Evaluator::bind(const Bind& bind, const Value& context) {
  const Value value = evaluate(*bind.value, context);
  if (value.is_failure()) return value;
  const Frame* frame = frame_;
  for (std::uint32_t hops = bind.hops; hops > 0; --hops) frame = frame->parent;
  frame->slots[bind.slot] = value;
  return value;
}

Value Evaluator::block(const Block& block, const Value& context) {
  Frame* const outer = frame_;
  const Variables& variables = block.variables;
  if (variables.frame != nullptr) {
    frame_ = new_frame(outer, variables.frame->slots);
  } else {
    std::fill_n(frame_->slots + variables.first, variables.count, Value::unbound());
  }
  Value result;
  for (const Node* expression : block.expressions) {
    result = evaluate(*expression, context);
    if (result.is_failure()) break;
  }
  frame_ = outer;
  return result;
}

Value Evaluator::condition(const Condition& condition, const Value& context) {
  const Value verdict = evaluate(*condition.condition, context);
  if (verdict.is_failure()) return verdict;
  const auto holds = decide(verdict, condition.position);
  if (!holds) return Value::failure();
  if (*holds) return evaluate(*condition.then, context);
  return condition.otherwise == nullptr ? Value() : evaluate(*condition.otherwise, context);
}

Frame* Evaluator::new_frame(Frame* parent, std::uint32_t size) {
  Frame* frame = size <= kRecycled ? free_frames_[size] : nullptr;
  if (frame != nullptr) {
    free_frames_[size] = frame->parent;
  } else {
    frame = make<Frame>();
    frame->size = size;
    frame->slots = memory_.arena().make_array<Value>(size).data();
    memory_.charge(size * sizeof(Value));
  }
  frame->parent = parent;
  std::fill_n(frame->slots, size, Value::unbound());
  return frame;
}

void Evaluator::release(Frame* frame) {
  if (frame->size > kRecycled) return;
  frame->parent = free_frames_[frame->size];
  free_frames_[frame->size] = frame;
}

void Evaluator::Collector::spread(const Value& value) {
  if (!value.is_array()) return push(value);
  const std::size_t size = value.size();
  for (std::size_t i = 0; i < size; ++i) push(value.element(i));
}

Value Evaluator::Collector::array() { return evaluator_.memory_.array(values()); }

void Arguments::push(Memory& memory, const Value& value) {
  if (size_ == capacity_) {
    Value* const room = memory.arena().make_array<Value>(capacity_ * 2).data();
    memory.charge(capacity_ * 2 * sizeof(Value));
    std::ranges::copy(values(), room);
    large_ = room;
    capacity_ *= 2;
  }
  (large_ != nullptr ? large_ : small_.data())[size_++] = value;
}

}  // namespace stepwell::jsonata
