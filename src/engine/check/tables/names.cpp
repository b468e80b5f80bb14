#include "engine/check/table_rules.h"

namespace stepwell::engine::check {
namespace {

// A later execution may have taken the name: of one that ended long ago, or that was being deleted when the store
// failed.
bool may_have_taken(ExecutionId other, const ExecutionRecord& its, const Tables& tables) {
  return its.machine_arn == tables.record.machine_arn && its.name == tables.record.name && tables.rebuilt.id < other &&
         tables.record.stopped;
}

}  // namespace

void check_names(const Tables& tables, Report& report) {
  const auto value = read(tables.store, Table::execution_name, name_key(tables.record.machine_arn, tables.record.name));
  if (!value) return report.add("its name is not known");
  const auto id = read_execution_key(*value);
  if (id == tables.rebuilt.id) return;
  const auto other = id ? read_record(tables.store, *id) : std::nullopt;
  if (!other || !may_have_taken(*id, *other, tables)) report.add("its name leads to another execution");
}

}  // namespace stepwell::engine::check
