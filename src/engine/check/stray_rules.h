#pragma once
// Rules of whole tables: what is there belongs to something.

#include "engine/check/report.h"
#include "engine/check/rows.h"
#include "engine/persist.h"
#include "engine/world.h"

#include <memory>
#include <optional>
#include <set>

namespace stepwell::engine::check {

// Looks executions up for rows in another order than theirs; the last one is kept.
class Owners {
 public:
  Owners(store::Store& store, World& world) : store_(store), world_(world), payloads_(store) {}
  store::Store& store() { return store_; }
  World& world() { return world_; }
  // nullptr: there is none. Throws StorageLost.
  const Execution* execution(ExecutionId id);
  // Whether what is left of an execution is about to go (retention.h).
  bool is_being_deleted(ExecutionId id);

 private:
  store::Store& store_;
  World& world_;
  StoredPayloads payloads_;
  std::unique_ptr<Execution> last_;
  std::optional<std::set<ExecutionId>> deleted_;  // with a place in the order of the ends, and no record
};

#define RULE(name, demand) void check_##name(Owners& owners, Report& report);
#include "engine/check/stray_rules.def"
#undef RULE

// The tables whose keys begin with their execution.
void check_owned(Owners& owners, Table table, std::string_view what, Report& report);

}  // namespace stepwell::engine::check
