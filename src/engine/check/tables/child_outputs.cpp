#include "engine/check/table_rules.h"

namespace stepwell::engine::check {

void check_child_outputs(const Tables& tables, Report& report) {
  const ExecutionId id = tables.rebuilt.id;
  std::vector<Row> expected;
  for (const Scope* scope : open_scopes(tables)) {
    if (scope->waiting != Waiting::children) continue;
    for (std::uint32_t index = 0; index < scope->outputs.size(); ++index) {
      if (const Payload* output = scope->outputs[index]) {
        expected.emplace_back(child_output_key(id, scope->id, index), encode(output->home()));
      }
    }
  }
  compare(expected, rows(tables.store, Table::child_output, execution_key(id)), "the output of child", report);
}

}  // namespace stepwell::engine::check
