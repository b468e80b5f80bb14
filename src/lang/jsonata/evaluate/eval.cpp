// $eval: an expression given as text, compiled where it is called.
#include "lang/jsonata/evaluate/evaluator.h"

namespace stepwell::jsonata {
namespace {

// A program is larger than its text.
constexpr std::size_t kCharge = 64;

}  // namespace

Value Evaluator::evaluate_text(std::string_view text, const Value& context, const CallSite& site) {
  const Scope* const scope = std::exchange(eval_scope_, nullptr);
  if (!memory_.charge(text.size() * kCharge)) return fail(Code::U1003, site.position);
  auto compiled = compile_program(text, program_.dialect, scope, static_cast<std::uint32_t>(globals_.size()));
  if (!compiled) return fail(Code::D3120, site.position, {quoted(compiled.error().message)});
  programs_.push_back(std::move(*compiled));
  const Program& program = *programs_.back();
  for (const GlobalName& name : program.globals) globals_.push_back({.name = &name, .value = {}});

  Frame* const outer = frame_;
  const std::size_t depth = depth_;
  frame_ = new_frame(scope != nullptr ? outer : nullptr, program.frame.slots);
  const bool is_list = context.is_array() && !context.is_sequence();
  const Value result = evaluate(*program.root, is_list ? memory_.array({context}).as_wrapper() : context);
  frame_ = outer;
  depth_ = depth;
  if (!result.is_failure() || error_->code.starts_with('U')) return result;
  const std::string message = std::exchange(error_, std::nullopt)->message;
  return fail(Code::D3121, site.position, {quoted(message)});
}

}  // namespace stepwell::jsonata
