#pragma once
// Reads the values of a field: [ "running", 5, { "prefix": "arn:" }, { "anything-but": [ "stopped" ] } ].

#include "lang/event_pattern/matcher.h"
#include "lang/event_pattern/place.h"
#include "lang/event_pattern/refusal.h"

#include <vector>

namespace stepwell::event_pattern {

Read<std::vector<Matcher>> read_matchers(const json::Value& values, Place& place);

}  // namespace stepwell::event_pattern
