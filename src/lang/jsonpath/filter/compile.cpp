#include "base/error.h"
#include "lang/jsonpath/filter/filter.h"
#include "lang/jsonpath/program.h"

#include <array>

#include <fmt/format.h>

namespace stepwell::jsonpath {
namespace {

using Compiled = std::expected<void, CompileError>;

// A part of the path's text and where it stands there.
struct Part {
  std::string_view text;
  std::size_t offset;

  Part from(std::size_t at) const { return {text.substr(at), offset + at}; }
  Part until(std::size_t at) const { return {text.substr(0, at), offset}; }
  Part without_around(std::string_view before, std::string_view behind) const {
    const Part rest = from(std::min(text.find_first_not_of(before), text.size()));
    return rest.until(rest.text.find_last_not_of(behind) + 1);
  }
  Part trimmed() const { return without_around(" ", " "); }
};

std::unexpected<CompileError> error_at(const Part& part, std::string message) {
  return std::unexpected(CompileError{std::move(message), part.offset});
}

// Where `found(at)` first holds outside of strings, or the size.
template <typename Found>
std::size_t find_outside_strings(std::string_view text, Found found) {
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\'' && (at == 0 || text[at - 1] != '\\')) in_string = !in_string;
    if (!in_string && found(at)) return at;
  }
  return text.size();
}

std::size_t find_logical(std::string_view text, std::string_view op) {
  return find_outside_strings(text, [&](std::size_t at) { return text.substr(at).starts_with(op); });
}

struct OperatorText {
  std::string_view text;
  Operator op;
};
// The longer first where one begins another.
constexpr std::array operator_texts{
    OperatorText{"==", Operator::equal},         OperatorText{"!=", Operator::not_equal},
    OperatorText{"<=", Operator::less_or_equal}, OperatorText{">=", Operator::greater_or_equal},
    OperatorText{"=~", Operator::matches},       OperatorText{"<", Operator::less},
    OperatorText{">", Operator::greater},
};

const OperatorText* operator_at(std::string_view text) {
  for (const OperatorText& candidate : operator_texts) {
    if (text.starts_with(candidate.text)) return &candidate;
  }
  return nullptr;
}

bool is_path(std::string_view text) { return text.starts_with('@') || text.starts_with('$'); }

Compiled compile_path(Operand& operand, const Part& part) {
  operand.from_root = part.text.front() == '$';
  operand.path = std::make_unique<Program>();
  operand.path->text = part.text;
  TRY(compile_program(*operand.path, part.offset, Place::filter));
  if (operand.path->is_definite) return {};
  return error_at(part, fmt::format("the predicate path: {} is not definite", part.text));
}

Compiled compile_pattern(Operand& operand, const Part& part) {
  auto pattern = Pattern::compile(part.text);
  if (!pattern) return error_at(part, fmt::format("Invalid regular expression {}: {}", part.text, pattern.error()));
  operand.pattern = std::move(*pattern);
  return {};
}

std::string without_escaped_quotes(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with("\\'")) ++at;
    plain += text[at];
  }
  return plain;
}

Compiled compile_operand(Operand& operand, const Part& part) {
  const std::string_view text = part.text;
  if (text.empty()) return error_at(part, "Expected a path or a value here");
  if (is_path(text)) return compile_path(operand, part);
  if (text.starts_with("!@")) {
    return error_at(part, "Invalid negation! Can only be used for existence check e.g [?(!@.foo)]");
  }
  if (Pattern::looks_like(text)) return compile_pattern(operand, part);
  const bool is_quoted = text.size() >= 2 && text.front() == '\'' && text.back() == '\'';
  operand.text = is_quoted ? without_escaped_quotes(text.substr(1, text.size() - 2)) : std::string(text);
  return {};
}

Compiled compile_existence(Criterion& criterion, Part part) {
  if (part.text.starts_with('!')) {
    criterion.op = Operator::absent;
    part = part.from(1);
  }
  if (is_path(part.text)) return compile_operand(criterion.left, part);
  return error_at(part, "Expected a path, or a comparison by ==, !=, <, <=, >, >= or =~");
}

Compiled compile_criterion(Criterion& criterion, const Part& whole) {
  // Parentheses do not group: they are dropped around a criterion, and && binds tighter than ||.
  const Part part = whole.without_around("( ", ") ");
  const std::size_t at = find_outside_strings(
      part.text, [&](std::size_t position) { return operator_at(part.text.substr(position)) != nullptr; });
  if (at == part.text.size()) return compile_existence(criterion, part);

  const OperatorText& found = *operator_at(part.text.substr(at));
  criterion.op = found.op;
  TRY(compile_operand(criterion.left, part.until(at).trimmed()));
  TRY(compile_operand(criterion.right, part.from(at + found.text.size()).trimmed()));
  const bool has_one_pattern = (criterion.left.pattern != nullptr) != (criterion.right.pattern != nullptr);
  if (found.op != Operator::matches || has_one_pattern) return {};
  return error_at(part, "=~ needs a regular expression, /…/ or /…/i, on one side");
}

Compiled compile_group(Filter::Group& group, Part rest) {
  for (;;) {
    const std::size_t end = find_logical(rest.text, "&&");
    TRY(compile_criterion(group.emplace_back(), rest.until(end)));
    if (end == rest.text.size()) return {};
    rest = rest.from(end + 2);
  }
}

}  // namespace

std::expected<Filter, CompileError> Filter::compile(std::string_view text, std::size_t base) {
  Filter filter;
  for (Part rest{text, base};;) {
    const std::size_t end = find_logical(rest.text, "||");
    TRY(compile_group(filter.groups.emplace_back(), rest.until(end)));
    if (filter.size() > max_size) return error_at(rest, fmt::format("A filter has at most {} criteria", max_size));
    if (end == rest.text.size()) return filter;
    rest = rest.from(end + 2);
  }
}

}  // namespace stepwell::jsonpath
