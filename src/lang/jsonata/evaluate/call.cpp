#include "lang/jsonata/evaluate/evaluator.h"
#include "lang/jsonata/evaluate/matcher.h"
#include "lang/jsonata/functions/builtin.h"
#include "lang/jsonata/value/stringify.h"

#include <algorithm>

namespace stepwell::jsonata {
namespace {

std::string shown_name(const CallSite& site) { return site.name.empty() ? "undefined" : quoted(site.name); }

}  // namespace

Value Evaluator::lambda(const Lambda& lambda, const Value& context) {
  auto* const made = make<Closure>();
  made->kind = Function::Kind::lambda;
  made->lambda = &lambda;
  made->frame = frame_;
  made->context = context;
  return Value::function(made);
}

// `first`: the argument that ~> hands in before the others.
Value Evaluator::call(const Call& call, const Value& context, const Value* first) {
  const Value procedure = evaluate(*call.procedure, context);
  if (procedure.is_failure()) return procedure;
  if (procedure.is_undefined() && call.meant != nullptr && !read(call.meant, context).is_undefined()) {
    return fail(Code::T1005, call.position, {call.name});
  }
  Arguments arguments;
  if (first != nullptr) arguments.push(memory_, *first);
  for (const Node* node : call.arguments) {
    const Value argument = evaluate(*node, context);
    if (argument.is_failure()) return argument;
    arguments.push(memory_, argument);
  }
  if (!procedure.is_function()) return fail(Code::T1006, call.position);
  const Function& function = procedure.as_function();
  const CallSite site{call.name, call.position};
  if (call.is_tail && function.kind == Function::Kind::lambda) {
    tail_function_ = static_cast<const Closure*>(&function);
    tail_arguments_ = arguments;
    tail_context_ = context;
    tail_site_ = site;
    return Value::tail_call();
  }
  if (call.scope != nullptr && function.kind == Function::Kind::builtin) eval_scope_ = call.scope;
  return apply(function, arguments.values(), context, site);
}

Value Evaluator::apply(const Function& function, std::span<const Value> arguments, const Value& context,
                       const CallSite& site) {
  switch (function.kind) {
    case Function::Kind::lambda: return call_closure(static_cast<const Closure&>(function), arguments, context, site);
    case Function::Kind::builtin:
      return call_builtin(*static_cast<const BuiltinFunction&>(function).builtin, arguments, context, site);
    case Function::Kind::partial:
      return call_partial(static_cast<const PartialFunction&>(function), arguments, context, site);
    case Function::Kind::composition: {
      const auto& composition = static_cast<const Composition&>(function);
      const Value first = arguments.empty() ? Value() : arguments[0];
      const Value between = apply(*composition.first, {&first, 1}, context, site);
      return between.is_failure() ? between : apply(*composition.second, {&between, 1}, context, site);
    }
    case Function::Kind::matcher:
      return call_matcher(*this, static_cast<const MatcherFunction&>(function), arguments, site);
    case Function::Kind::next_match: return call_next_match(*this, static_cast<const NextMatch&>(function), site);
    case Function::Kind::transform: return transform(static_cast<const TransformFunction&>(function), arguments, site);
  }
  return {};
}

bool Evaluator::fit(const Signature& signature, std::span<const Value> arguments, const Value& context,
                    const CallSite& site, std::vector<Value>& fitted) {
  auto result = signature.fit(memory_, arguments, context.is_wrapper() ? context.element(0) : context);
  if (result) {
    fitted = std::move(*result);
    return true;
  }
  const Signature::Mismatch& mismatch = result.error();
  const std::string number = std::to_string(mismatch.argument);
  if (mismatch.code == Code::T0412) {
    fail(mismatch.code, site.position, {number, shown_name(site), quoted(mismatch.type)});
  } else {
    fail(mismatch.code, site.position, {number, shown_name(site)});
  }
  return false;
}

// A call in tail position comes back to be made here: such recursion needs no depth.
Value Evaluator::call_closure(const Closure& first, std::span<const Value> arguments, const Value& context,
                              const CallSite& site) {
  const Closure* closure = &first;
  Value result_context = context;
  CallSite current_site = site;
  Frame* const outer = frame_;
  for (;;) {
    const Lambda& lambda = *closure->lambda;
    std::vector<Value> fitted;
    if (lambda.signature != nullptr && !lambda.signature->accepts(arguments)) {
      if (!fit(*lambda.signature, arguments, result_context, current_site, fitted)) return Value::failure();
      arguments = fitted;
    }
    Frame* const frame = new_frame(closure->frame, lambda.slots);
    for (std::uint32_t i = 0; i < lambda.parameters; ++i)
      frame->slots[i] = i < arguments.size() ? arguments[i] : Value();
    frame_ = frame;
    const Value result = evaluate(*lambda.body, closure->context);
    frame_ = outer;
    if (!lambda.is_captured) release(frame);
    if (!result.is_tail_call()) return result;
    closure = tail_function_;
    arguments = tail_arguments_.values();
    result_context = tail_context_;
    current_site = tail_site_;
  }
}

Value Evaluator::call_builtin(const Builtin& builtin, std::span<const Value> arguments, const Value& context,
                              const CallSite& site) {
  std::size_t bytes = 0;
  for (const Value& argument : arguments) bytes += argument.is_string() ? argument.as_string().size() : 0;
  if (!spend(1) || !budget_.spend_text(bytes)) return fail(Code::U1002, site.position);
  const Signature& signature = builtin.signature();
  std::vector<Value> fitted;
  if (!signature.accepts(arguments)) {
    if (!fit(signature, arguments, context, site, fitted)) return Value::failure();
    arguments = fitted;
  }
  Invocation call(*this, arguments, context, site);
  return builtin.code(call);
}

Value Evaluator::call_partial(const PartialFunction& function, std::span<const Value> arguments, const Value& context,
                              const CallSite& site) {
  Arguments all;
  std::size_t next = 0;
  for (const Value& argument : function.arguments) {
    if (!argument.is_unbound()) {
      all.push(memory_, argument);
    } else {
      all.push(memory_, next < arguments.size() ? arguments[next] : Value());
      ++next;
    }
  }
  return apply(*function.function, all.values(), context, site);
}

Value Evaluator::partial(const Call& call, const Value& context) {
  std::vector<Value> arguments;
  for (const Node* node : call.arguments) {
    const Value argument = node == nullptr ? Value::unbound() : evaluate(*node, context);
    if (argument.is_failure()) return argument;
    arguments.push_back(argument);
  }
  const Value procedure = evaluate(*call.procedure, context);
  if (procedure.is_failure()) return procedure;
  if (procedure.is_undefined() && call.meant != nullptr && !read(call.meant, context).is_undefined()) {
    return fail(Code::T1007, call.position, {call.name});
  }
  if (!procedure.is_function()) return fail(Code::T1008, call.position);
  auto* const made = make<PartialFunction>();
  made->kind = Function::Kind::partial;
  made->function = &procedure.as_function();
  const Value kept = memory_.array(arguments);
  made->arguments = {kept.elements(), kept.size()};
  return Value::function(made);
}

// x ~> f(y) is f(x, y), x ~> f is f(x), and f ~> g is the function that does one after the other.
Value Evaluator::chain(const Apply& apply, const Value& context) {
  const Value left = evaluate(*apply.left, context);
  if (left.is_failure()) return left;
  // Predicates and groups behind a call are passed over, as the reference implementation does.
  const bool is_filtered = apply.right->kind == NodeKind::filter;
  const Node& function = is_filtered ? *static_cast<const Filter&>(*apply.right).source : *apply.right;
  if (function.kind == NodeKind::call) {
    if (!enter()) return refuse(function);
    const Value result = call(static_cast<const Call&>(function), context, &left);
    --depth_;
    return result;
  }
  const Value right = evaluate(*apply.right, context);
  if (right.is_failure()) return right;
  if (!right.is_function()) return fail(Code::T2006, apply.position);
  if (!left.is_function()) return this->apply(right.as_function(), {&left, 1}, {}, {{}, apply.position});
  auto* const made = make<Composition>();
  made->kind = Function::Kind::composition;
  made->first = &left.as_function();
  made->second = &right.as_function();
  return Value::function(made);
}

std::size_t arity(const Function& function) {
  switch (function.kind) {
    case Function::Kind::lambda: return static_cast<const Closure&>(function).lambda->parameters;
    case Function::Kind::builtin: return static_cast<const BuiltinFunction&>(function).builtin->arity;
    case Function::Kind::partial: {
      const auto& arguments = static_cast<const PartialFunction&>(function).arguments;
      return static_cast<std::size_t>(std::ranges::count_if(arguments, &Value::is_unbound));
    }
    case Function::Kind::matcher: return 2;
    case Function::Kind::next_match: return 0;
    default: return 1;
  }
}

}  // namespace stepwell::jsonata
