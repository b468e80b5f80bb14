#include "base/error.h"
#include "lang/jsonpath/program.h"

#include <charconv>

#include <fmt/format.h>

namespace stepwell::jsonpath {
namespace {

using Compiled = std::expected<void, CompileError>;

class Compiler {
 public:
  Compiler(Program& program, std::size_t base, Place place)
      : program_(program), text_(program.text), base_(base), place_(place) {}

  Compiled run();

 private:
  Compiled root();
  Compiled dot();
  Compiled name_or_wildcard();
  Compiled bracket();
  Compiled bracket_content();
  Compiled names();
  Compiled indexes();
  Compiled slice(std::optional<std::int32_t> from);
  Compiled from_end();
  Compiled filter();

  std::expected<std::int32_t, CompileError> integer();
  // Where the parenthesis that stands at `at_` is closed, or the size.
  std::size_t closing_parenthesis() const;
  Compiled expect_closing_bracket();
  Compiled append(Step step);
  void finish();

  char current() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool skip(char c) { return current() == c && ++at_ > 0; }
  void skip_spaces() {
    while (skip(' ')) continue;
  }
  bool at_integer() const { return current() == '-' || (current() >= '0' && current() <= '9'); }
  std::unexpected<CompileError> error(std::string message) const {
    return std::unexpected(CompileError{std::move(message), base_ + at_});
  }

  Program& program_;
  const std::string_view text_;
  const std::size_t base_;
  const Place place_;
  std::size_t at_ = 0;
};

Compiled Compiler::run() {
  TRY(root());
  while (at_ < text_.size()) {
    if (current() != '.' && current() != '[') return error("Expected '.' or '['");
    TRY(current() == '.' ? dot() : bracket());
  }
  finish();
  return {};
}

Compiled Compiler::root() {
  if (skip('$') || (place_ == Place::filter && skip('@'))) return {};
  return error("A path begins with '$'");
}

Compiled Compiler::dot() {
  ++at_;
  if (skip('.')) {
    if (at_ == text_.size()) return error("A path can not end with a scan.");
    TRY(append({.kind = StepKind::scan}));
  }
  return current() == '[' ? bracket() : name_or_wildcard();
}

Compiled Compiler::name_or_wildcard() {
  const std::size_t end = std::min(text_.find_first_of(".[ ", at_), text_.size());
  const std::string_view name = text_.substr(at_, end - at_);
  if (name.empty()) return error("Expected a name, '*' or '['");
  at_ = end;
  if (current() == ' ') return error("Space not allowed in path");
  if (name == "*") return append({.kind = StepKind::wildcard});
  return append({.kind = StepKind::name, .name = name});
}

Compiled Compiler::bracket() {
  ++at_;
  skip_spaces();
  TRY(bracket_content());
  return expect_closing_bracket();
}

Compiled Compiler::bracket_content() {
  switch (current()) {
    case '\'': return names();
    case '?': return filter();
    case '(':
    case '@': return from_end();
    case ':': return slice(std::nullopt);
    case '*': ++at_; return append({.kind = StepKind::wildcard});
    default: break;
  }
  if (at_integer()) return indexes();
  return error("Expected a name in single quotes, an index, a slice, '*' or '?(…)' in brackets");
}

Compiled Compiler::names() {
  const std::size_t first = program_.names.size();
  do {
    skip_spaces();
    if (!skip('\'')) return error("Expected a name in single quotes");
    const std::size_t end = text_.find('\'', at_);
    if (end == std::string_view::npos) return error("The name has no closing quote");
    program_.names.push_back(text_.substr(at_, end - at_));
    at_ = end + 1;
    skip_spaces();
  } while (skip(','));
  const std::size_t count = program_.names.size() - first;
  if (count == 1) return append({.kind = StepKind::name, .name = program_.names.back()});
  return append({.kind = StepKind::names,
                 .first = static_cast<std::uint32_t>(first),
                 .count = static_cast<std::uint32_t>(count)});
}

Compiled Compiler::indexes() {
  TRY_ASSIGN(const std::int32_t index, integer());
  if (current() == ':') return slice(index);
  if (current() != ',') return append({.kind = StepKind::index, .index = index});
  const std::size_t first = program_.indexes.size();
  program_.indexes.push_back(index);
  while (skip(',')) {
    TRY_ASSIGN(const std::int32_t next, integer());
    program_.indexes.push_back(next);
  }
  return append({.kind = StepKind::indexes,
                 .first = static_cast<std::uint32_t>(first),
                 .count = static_cast<std::uint32_t>(program_.indexes.size() - first)});
}

Compiled Compiler::slice(std::optional<std::int32_t> from) {
  ++at_;
  skip_spaces();
  Step step{.kind = StepKind::slice, .from = from};
  if (!from || at_integer()) {
    TRY_ASSIGN(step.to, integer());
  }
  // A third part, the step, may stand there but has no effect.
  if (step.to && skip(':')) TRY(integer());
  return append(step);
}

// Spaces and parentheses may stand anywhere in it.
Compiled Compiler::from_end() {
  const std::size_t begin = at_;
  at_ = std::min(text_.find(']', at_), text_.size());
  std::string content(text_.substr(begin, at_ - begin));
  std::erase_if(content, [](char c) { return c == ' ' || c == '(' || c == ')'; });
  for (const std::string_view prefix : {"@.length", "@.size"}) {
    if (!content.starts_with(prefix) || content.size() == prefix.size() || content[prefix.size()] != '-') continue;
    const char* const end = content.data() + content.size();
    std::int32_t index = 0;
    const auto [stop, failure] = std::from_chars(content.data() + prefix.size(), end, index);
    if (failure == std::errc() && stop == end) return append({.kind = StepKind::from_end, .index = index});
  }
  return error("Expected [(@.length-n)] or [(@.size()-n)]");
}

Compiled Compiler::filter() {
  if (place_ == Place::filter) return error("A path in a filter has no filter of its own");
  ++at_;
  skip_spaces();
  if (current() != '(') return error("Expected '(' behind '?'");
  const std::size_t end = closing_parenthesis();
  if (end == text_.size()) return error("Filter brackets are not balanced");
  ++at_;
  TRY_ASSIGN(Filter filter, Filter::compile(text_.substr(at_, end - at_), base_ + at_));
  at_ = end + 1;
  program_.filters.push_back(std::move(filter));
  return append({.kind = StepKind::filter, .first = static_cast<std::uint32_t>(program_.filters.size() - 1)});
}

std::size_t Compiler::closing_parenthesis() const {
  std::size_t open = 0;
  bool in_string = false;
  for (std::size_t at = at_; at < text_.size(); ++at) {
    if (text_[at] == '\'' && text_[at - 1] != '\\') in_string = !in_string;
    if (in_string) continue;
    if (text_[at] == '(') ++open;
    if (text_[at] == ')' && --open == 0) return at;
  }
  return text_.size();
}

// The spaces around it are skipped.
std::expected<std::int32_t, CompileError> Compiler::integer() {
  skip_spaces();
  std::int32_t value = 0;
  const char* const begin = text_.data() + at_;
  const auto [end, failure] = std::from_chars(begin, text_.data() + text_.size(), value);
  if (failure != std::errc()) return error("Expected a whole number of at most 32 bits");
  at_ += static_cast<std::size_t>(end - begin);
  skip_spaces();
  return value;
}

Compiled Compiler::expect_closing_bracket() {
  skip_spaces();
  if (skip(']')) return {};
  return error("Expected ']'");
}

Compiled Compiler::append(Step step) {
  if (program_.steps.size() == Path::max_steps) {
    return error(fmt::format("A path has at most {} steps", Path::max_steps));
  }
  program_.steps.push_back(step);
  return {};
}

bool is_definite(StepKind kind) {
  return kind == StepKind::name || kind == StepKind::names || kind == StepKind::index || kind == StepKind::from_end;
}

void Compiler::finish() {
  for (std::size_t at = program_.steps.size(); at-- > 0;) {
    Step& step = program_.steps[at];
    program_.is_definite = program_.is_definite && is_definite(step.kind);
    step.rest_is_definite = program_.is_definite;
    const bool is_single = step.kind == StepKind::name || (step.kind == StepKind::index && step.index >= 0);
    program_.is_reference = program_.is_reference && is_single;
  }
}

}  // namespace

Compiled compile_program(Program& program, std::size_t base, Place place) {
  return Compiler(program, base, place).run();
}

}  // namespace stepwell::jsonpath
