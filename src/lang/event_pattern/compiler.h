#pragma once
// From a document to a program, without the limits of the dialects.

#include "lang/event_pattern/program.h"
#include "lang/event_pattern/refusal.h"
#include "lang/json/value.h"

namespace stepwell::event_pattern {

// Whether "$or" gives alternatives or is a field like any other.
enum class OrKey : std::uint8_t { alternatives, field };

Read<Program> compile_program(const json::Value& document, OrKey or_key);

}  // namespace stepwell::event_pattern
