#include "engine/check/table_rules.h"

namespace stepwell::engine::check {

void check_ended_rows(const Tables& tables, Report& report) {
  const ExecutionRecord& record = tables.record;
  if (record.status == Status::running || !record.stopped) return;  // what it must not have, `stray_ended` finds
  const EndedEntry ended{.stopped = *record.stopped, .execution = tables.rebuilt.id};
  if (!exists(tables.store, Table::ended_execution, ended_key(ended)))
    report.add("it has no place in the order of the ends");
}

}  // namespace stepwell::engine::check
