#include "lang/jsonata/expression.h"

#include "base/check.h"
#include "base/error.h"
#include "lang/jsonata/evaluate/evaluator.h"
#include "lang/jsonata/program/program.h"
#include "lang/jsonata/value/to_json.h"

#include <algorithm>

namespace stepwell::jsonata {
namespace {

// What recursion over nodes takes of the stack is known to fit up to here.
constexpr std::size_t kLargestDepth = 1000;

}  // namespace

Expression::Expression(std::unique_ptr<Program> program) : program_(std::move(program)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

std::expected<Expression, Error> Expression::compile(std::string_view text, Dialect dialect) {
  TRY_ASSIGN(auto program, compile_program(text, dialect));
  return Expression(std::move(program));
}

const std::string& Expression::text() const { return program_->text; }
const std::vector<Reference>& Expression::references() const { return program_->references; }

std::expected<std::optional<json::Value>, Error> Expression::evaluate(json::Arena& arena,
                                                                      const std::optional<json::Value>& input,
                                                                      const Environment& environment) const {
  CHECK(environment.random != nullptr);
  json::Arena scratch;
  Environment bounded = environment;
  bounded.limits.depth = std::min(bounded.limits.depth, kLargestDepth);
  Evaluator evaluator(*program_, bounded, scratch, arena);
  const Value result = evaluator.run(input ? Value::from(*input) : Value());
  if (environment.steps != nullptr) *environment.steps = evaluator.steps();
  if (result.is_failure()) return std::unexpected(evaluator.error());
  auto converted = to_json(arena, result, program_->dialect, bounded.limits.memory_bytes);
  if (!converted) return std::unexpected(make_error(converted.error(), 0));
  return *converted;
}

}  // namespace stepwell::jsonata
