#include "lang/event_pattern/pattern.h"

#include "lang/event_pattern/compiler.h"
#include "lang/event_pattern/limits.h"
#include "lang/json/parse.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace stepwell::event_pattern {
namespace {

constexpr std::size_t max_depth = 64;  // of the document

std::unexpected<Error> refuse(const Refusal& refusal, std::string_view text, Dialect dialect) {
  const std::string place = text.empty() ? std::string() : place_of(refusal, text);
  if (dialect == Dialect::event_bus) {
    return fail({.code = "InvalidEventPatternException",
                 .message = fmt::format("Event pattern is not valid. Reason: {}{}", refusal.reason, place),
                 .detail = {}});
  }
  // The scope is said by SNS itself, not by what compiles patterns.
  const bool by_sns = refusal.reason.starts_with("Filter policy scope");
  return fail({.code = "InvalidParameter",
               .message = fmt::format("{}{}{}", by_sns ? "" : "FilterPolicy: ", refusal.reason, place),
               .detail = {}});
}

// $or is a field like any other where it cannot be read as alternatives, and what is wrong is told so.
Read<Program> read_program(const json::Value& document) {
  auto program = compile_program(document, OrKey::alternatives);
  return program ? std::move(program) : compile_program(document, OrKey::field);
}

Result<Pattern> compile(const json::Value& document, std::string_view text, Dialect dialect) {
  auto program = read_program(document);
  if (!program) return refuse(program.error(), text, dialect);
  const auto checked =
      dialect == Dialect::event_bus ? check_event_bus(*program) : check_filter_policy(document, *program, dialect);
  if (!checked) return refuse(checked.error(), text, dialect);
  return Pattern(std::make_shared<const Program>(std::move(*program)));
}

bool is_plain_text(const Matcher& matcher) { return matcher.operation == Operator::text && !matcher.range; }

}  // namespace

Result<Pattern> compile(std::string_view text, Dialect dialect) {
  json::Arena arena;
  const auto document = json::parse(arena, text, {.max_depth = max_depth});
  if (!document) return refuse({.reason = "Filter is not valid JSON", .pointer = {}}, {}, dialect);
  return compile(*document, text, dialect);
}

Result<Pattern> compile(const json::Value& document, Dialect dialect) { return compile(document, {}, dialect); }

std::optional<std::vector<std::string>> Pattern::texts_of(std::string_view field) const {
  std::set<std::string, std::less<>> texts;
  for (const Marks& alternative : program_->alternatives) {
    bool found = false;
    for (std::size_t i = 0; i < program_->tests.size(); ++i) {
      const Test& test = program_->tests[i];
      if (!alternative.has(i) || test.field != field || !std::ranges::all_of(test.matchers, is_plain_text)) continue;
      for (const Matcher& matcher : test.matchers) texts.insert(matcher.text);
      found = true;
    }
    if (!found) return std::nullopt;
  }
  return std::vector<std::string>(texts.begin(), texts.end());
}

}  // namespace stepwell::event_pattern
