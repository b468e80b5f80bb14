#pragma once
// What the dialects allow.

#include "lang/event_pattern/pattern.h"
#include "lang/event_pattern/program.h"
#include "lang/event_pattern/refusal.h"

namespace stepwell::event_pattern {

// EventBridge: how complex a wildcard may be (texts.h).
Read<void> check_event_bus(const Program& program);
// SNS: no nesting in the scope of attributes, 5 keys, 150 combinations of values (each times the depth of its key), 3
// stars in a wildcard, and 100 points of them: 1 where there is one star, 3 where there are more, multiplied over keys.
Read<void> check_filter_policy(const json::Value& document, const Program& program, Dialect dialect);

}  // namespace stepwell::event_pattern
