#pragma once
// Rules of a log by itself. Each walks the events once, in order, and knows nothing of how they came about.

#include "engine/check/report.h"
#include "engine/check/roles.h"
#include "engine/event.h"
#include "engine/execution.h"
#include "lang/json/arena.h"

#include <span>

namespace stepwell::engine::check {

struct Log {
  std::span<const Event> events;
  json::Arena& arena;  // payloads' texts are made here
};

#define RULE(name, demand) void check_##name(const Log& log, Report& report);
#include "engine/check/log_rules.def"
#undef RULE

}  // namespace stepwell::engine::check
