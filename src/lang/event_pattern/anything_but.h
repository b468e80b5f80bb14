#pragma once
// What a value must not be: a text or number, a list of either, or what begins, ends or looks in a certain way.

#include "lang/event_pattern/matcher.h"
#include "lang/event_pattern/place.h"

namespace stepwell::event_pattern {

Read<Matcher> read_anything_but(const json::Value& value, Place& place);

}  // namespace stepwell::event_pattern
