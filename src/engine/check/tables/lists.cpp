#include "engine/check/table_rules.h"

namespace stepwell::engine::check {

void check_lists(const Tables& tables, Report& report) {
  const ExecutionRecord& record = tables.record;
  const ExecutionId id = tables.rebuilt.id;
  for (const Status status : all_statuses) {
    const auto value =
        read(tables.store, Table::execution_list, list_key(record.machine_arn, status, record.started, id));
    if (status != record.status) {
      if (value) report.add(fmt::format("it is listed as {} and is {}", name_of(status), name_of(record.status)));
    } else if (!value) {
      report.add(fmt::format("it is not listed as {}", name_of(status)));
    } else if (*value != list_value({.id = id,
                                     .status = status,
                                     .started = record.started,
                                     .name = record.name,
                                     .stopped = record.stopped})) {
      report.add("it is listed with another name or end");
    }
  }
}

}  // namespace stepwell::engine::check
