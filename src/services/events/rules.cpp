#include "services/events/rules.h"

#include "lang/asl/validation/jackson.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/events/documents.h"
#include "services/events/errors.h"

#include <algorithm>

namespace stepwell::events {
namespace {

Result<Target> compile_target(const json::Value& document) {
  Target target{.id = std::string(text_of(document, "Id")),
                .arn = std::string(text_of(document, "Arn")),
                .role_arn = std::string(text_of(document, "RoleArn")),
                .document = json::print(document)};
  TRY_ASSIGN(target.input, TargetInput::compile(document));
  return target;
}

}  // namespace

Result<event_pattern::Pattern> compile_pattern(std::string_view text) {
  if (const auto error = asl::jackson_error(text)) {
    return fail(
        errors::make("InvalidEventPatternException",
                     fmt::format("Event pattern is not valid. Reason: {}\n at {}", error->message, error->location)));
  }
  return event_pattern::compile(text, event_pattern::Dialect::event_bus);
}

Result<RulePtr> compile_rule(RulePlace place, std::string document) {
  json::Arena arena;
  const auto parsed = json::parse(arena, document);
  if (!parsed || !parsed->is_object()) return fail(internal_error(fmt::format("Rule {} cannot be read.", place.name)));
  Rule rule{.place = std::move(place)};
  rule.is_enabled = text_of(*parsed, "State") != "DISABLED";
  if (const std::string_view pattern = text_of(*parsed, "EventPattern"); !pattern.empty()) {
    TRY_ASSIGN(rule.pattern, compile_pattern(pattern));
  }
  if (const std::string_view expression = text_of(*parsed, "ScheduleExpression"); !expression.empty()) {
    rule.schedule = schedule::parse(expression, schedule::Dialect::rule);
    if (!rule.schedule) return fail(errors::invalid("Parameter ScheduleExpression is not valid."));
  }
  const json::Value* start = parsed->find("Start");
  rule.start = Timestamp{Duration{start == nullptr ? 0 : start->as_integer().value_or(0)}};
  for (const json::Value& target : elements_of(*parsed, "Targets")) {
    TRY_ASSIGN(auto compiled, compile_target(target));
    rule.targets.push_back(std::move(compiled));
  }
  std::ranges::sort(rule.targets, {}, &Target::id);
  rule.document = std::move(document);
  return std::make_shared<const Rule>(std::move(rule));
}

}  // namespace stepwell::events
