#include "engine/check/table_rules.h"

namespace stepwell::engine::check {
namespace {

void check_list(const Tables& tables, const std::string& list, Report& report) {
  const ExecutionRecord& record = tables.record;
  for (const Status status : all_statuses) {
    const std::string key = list_key(list, status, record.started, tables.rebuilt.id);
    const auto value = read(tables.store, Table::execution_list, key);
    const ListKey place{.list = list, .status = status, .started = record.started, .id = tables.rebuilt.id};
    const auto entry = value ? read_list_entry(place, *value) : std::nullopt;
    if (value && !entry) unreadable("a list of executions");
    if (status != record.status) {
      if (entry) report.add(fmt::format("it is listed as {} and is {}", name_of(status), name_of(record.status)));
    } else if (!entry) {
      report.add(fmt::format("it is not listed as {}", name_of(status)));
    } else if (entry->name != record.name || entry->stopped != record.stopped ||
               entry->redrive_count != record.redrive_count) {
      report.add("it is listed with another name, end or number of redrives");
    }
  }
}

}  // namespace

void check_lists(const Tables& tables, Report& report) {
  for (const std::string& list : {tables.record.machine_arn, tables.record.version_arn, tables.record.alias_arn}) {
    if (!list.empty()) check_list(tables, list, report);
  }
}

}  // namespace stepwell::engine::check
