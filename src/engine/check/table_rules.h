#pragma once
// Rules of an execution's rows against its log: the log, applied to nothing, gives an execution, and the rows must be
// what `persist` would have written of it.

#include "engine/check/report.h"
#include "engine/check/rows.h"
#include "engine/execution.h"
#include "engine/persist.h"

namespace stepwell::engine::check {

struct Tables {
  store::Store& store;
  ExecutionRecord record;
  std::string record_bytes;
  Execution& rebuilt;  // what the log says
};

#define RULE(name, demand) void check_##name(const Tables& tables, Report& report);
#include "engine/check/table_rules.def"
#undef RULE

// The scopes that the log says are open, by their ids.
std::vector<Scope*> open_scopes(const Tables& tables);
// What the store has of a scope; nullptr: nothing.
std::unique_ptr<Scope> stored_scope(store::Store& store, ExecutionId id, ScopeId scope, json::Arena& arena);

// Compares the rows that must be with those that are, both in the order of their keys.
void compare(const std::vector<Row>& expected, const std::vector<Row>& found, std::string_view what, Report& report);

}  // namespace stepwell::engine::check
