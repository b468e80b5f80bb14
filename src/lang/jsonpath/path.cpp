#include "lang/jsonpath/path.h"

#include "base/check.h"
#include "base/error.h"
#include "lang/jsonpath/insert.h"
#include "lang/jsonpath/program.h"
#include "lang/jsonpath/walk.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::jsonpath {

std::expected<Path, CompileError> Path::compile(std::string_view text) {
  if (text.size() > max_length) {
    return std::unexpected(CompileError{fmt::format("A path has at most {} bytes", max_length), max_length});
  }
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  auto program = std::make_unique<Program>();
  program->text = text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
  TRY(compile_program(*program, begin, Place::alone));
  return Path(std::move(program));
}

Path::Path(std::unique_ptr<Program> program) : program_(std::move(program)) {}
Path::Path(Path&&) noexcept = default;
Path& Path::operator=(Path&&) noexcept = default;
Path::~Path() = default;

std::string_view Path::text() const { return program_->text; }
bool Path::is_root() const { return program_->steps.empty(); }
bool Path::is_definite() const { return program_->is_definite; }
bool Path::is_reference() const { return program_->is_reference; }

std::expected<json::Value, EvaluationError> Path::evaluate(json::Arena& arena, const json::Value& root,
                                                           Budget& budget) const {
  Budget visits(std::min<std::uint64_t>(max_visits, budget.left()));
  auto value = evaluate_program(arena, *program_, root, visits, Messages::made);
  const bool affordable = budget.spend(visits.spent()) && budget.left() > 0;
  if (!value && value.error().kind == EvaluationError::Kind::limit && !affordable) {
    value.error().message = "Evaluation takes too long";
  }
  return value;
}

std::expected<json::Value, EvaluationError> Path::evaluate(json::Arena& arena, const json::Value& root) const {
  Budget budget(max_visits + 1);
  return evaluate(arena, root, budget);
}

std::expected<json::Value, EvaluationError> Path::insert(json::Arena& arena, const json::Value& root,
                                                         const json::Value& value) const {
  CHECK(is_reference());
  return insert_value(arena, *program_, root, value);
}

}  // namespace stepwell::jsonpath
