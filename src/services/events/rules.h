#pragma once
// Buses, rules and targets as they work: patterns and schedules compiled, inputs prepared.

#include "base/error.h"
#include "lang/event_pattern/pattern.h"
#include "lang/schedule/expression.h"
#include "services/events/place.h"
#include "services/events/target_input.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::events {

struct Target {
  std::string id, arn, role_arn;
  TargetInput input;
  std::string document;  // the shape Target, JSON
};

// The document: Name, EventPattern, ScheduleExpression, State, Description, RoleArn, CreatedBy, Tags, Targets, and
// Start (milliseconds; what a rate is counted from).
struct Rule {
  RulePlace place;
  std::string document;
  bool is_enabled = true;
  std::optional<event_pattern::Pattern> pattern;
  std::optional<schedule::Expression> schedule;
  Timestamp start{};
  std::vector<Target> targets;  // in the order of their ids
};
using RulePtr = std::shared_ptr<const Rule>;

// Errors "ValidationException", "InvalidEventPatternException".
Result<RulePtr> compile_rule(RulePlace place, std::string document);
// A pattern as an operation takes it: what is no JSON is refused in the words of AWS's parser.
Result<event_pattern::Pattern> compile_pattern(std::string_view text);

}  // namespace stepwell::events
