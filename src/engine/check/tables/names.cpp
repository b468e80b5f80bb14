#include "engine/check/table_rules.h"

namespace stepwell::engine::check {
namespace {

// A later execution may have taken the name when it was free again.
bool has_taken(const ExecutionRecord& other, const ExecutionRecord& record) {
  return other.machine_arn == record.machine_arn && other.name == record.name &&
         other.started - record.started >= name_kept;
}

}  // namespace

void check_names(const Tables& tables, Report& report) {
  const auto value = read(tables.store, Table::execution_name, name_key(tables.record.machine_arn, tables.record.name));
  if (!value) return report.add("its name is not known");
  const auto id = read_execution_key(*value);
  if (id == tables.rebuilt.id) return;
  const auto other = id ? read_record(tables.store, *id) : std::nullopt;
  if (!other || !has_taken(*other, tables.record)) report.add("its name leads to another execution");
}

}  // namespace stepwell::engine::check
