#include "lang/asl/validation/validate.h"

#include "lang/asl/validation/jackson.h"
#include "lang/asl/validation/rule.h"
#include "lang/json/parse.h"

namespace stepwell::asl {
namespace {

using validation::Document;
using validation::Findings;
using validation::Rule;

constexpr std::size_t max_depth = 256;  // of the JSON: what evaluates and prints it recurses

std::vector<const Rule*> rules_by_stage() {
  std::vector<const Rule*> sorted;
  for (const Rule* rule : {
#define RULE(name) &validation::name##_rule,
#include "lang/asl/validation/rules.def"
#undef RULE
       }) {
    sorted.insert(std::ranges::upper_bound(sorted, rule->stage, {}, &Rule::stage), rule);
  }
  return sorted;
}

const std::vector<const Rule*>& rules() {
  static const std::vector<const Rule*> sorted = rules_by_stage();
  return sorted;
}

Diagnostic not_json(std::string_view definition, const json::ParseError& error) {
  Diagnostic diagnostic = {.severity = Severity::error,
                           .code = "INVALID_JSON_DESCRIPTION",
                           .message = error.message,
                           .location = {},
                           .pointer = {},
                           .hint = {}};
  if (const std::optional<JacksonError> jackson = jackson_error(definition)) {
    diagnostic.message = fmt::format("{}\n at {}", jackson->message, jackson->location);
    diagnostic.location = jackson->location;
    diagnostic.hint = error.message;
  }
  return diagnostic;
}

Diagnostic not_an_object() {
  return {.severity = Severity::error,
          .code = "SCHEMA_VALIDATION_FAILED",
          .message = "Definition must be a valid JSON object",
          .location = {},
          .pointer = {},
          .hint = {}};
}

void check_node(const Document::Node& node, const Document& document, Findings& findings) {
  for (const Rule* rule : rules()) {
    if (const auto* const* block = std::get_if<const validation::BlockNode*>(&node)) {
      if (rule->block != nullptr) rule->block(**block, document, findings);
    } else if (rule->state != nullptr) {
      rule->state(*std::get<const validation::StateNode*>(node), document, findings);
    }
  }
}

}  // namespace

std::vector<Diagnostic> validate(std::string_view definition, MachineType type) {
  json::Arena arena;
  const auto value = json::parse(arena, definition, {.max_depth = max_depth});
  if (!value && definition.find_first_not_of(" \t\r\n") != std::string_view::npos) {
    return {not_json(definition, value.error())};
  }
  if (!value || !value->is_object()) return {not_an_object()};
  const Document document(*value, type);
  Findings findings;
  for (const Document::Node& node : document.nodes()) {
    if (findings.is_full()) break;
    check_node(node, document, findings);
  }
  if (findings.has_errors()) return findings.take();
  for (const Rule* rule : rules()) {
    if (rule->whole != nullptr) rule->whole(document, findings);
  }
  return findings.take();
}

std::string invalid_definition_message(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> parts;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity != Severity::error) continue;
    parts.push_back(
        fmt::format("{}: {} at {}", diagnostic.code, diagnostic.message, diagnostic.location.value_or("null")));
  }
  return fmt::format("Invalid State Machine Definition: '{}'", fmt::join(parts, ", "));
}

}  // namespace stepwell::asl
