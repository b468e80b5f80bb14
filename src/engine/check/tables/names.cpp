#include "engine/check/table_rules.h"

namespace stepwell::engine::check {

void check_names(const Tables& tables, Report& report) {
  const auto value = read(tables.store, Table::execution_name, name_key(tables.record.machine_arn, tables.record.name));
  if (!value) {
    report.add("its name is not known");
  } else if (read_execution_key(*value) != tables.rebuilt.id) {
    report.add("its name leads to another execution");
  }
}

}  // namespace stepwell::engine::check
