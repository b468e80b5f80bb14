#include "engine/check/table_rules.h"

namespace stepwell::engine::check {

void check_records(const Tables& tables, Report& report) {
  const ExecutionRecord& record = tables.record;
  const Execution& rebuilt = tables.rebuilt;
  if (record.status != rebuilt.status) {
    report.add(fmt::format("it is {} where the log says {}", name_of(record.status), name_of(rebuilt.status)));
  } else if (record.next_event != rebuilt.next_event || record.next_serial != rebuilt.next_serial) {
    report.add(fmt::format("it is at event {} and place {} where the log says {} and {}", record.next_event,
                           record.next_serial, rebuilt.next_event, rebuilt.next_serial));
  } else if (const std::string written = encode(rebuilt);
             written.front() == tables.record_bytes.front() && written != tables.record_bytes) {
    // Records of older programs say less.
    report.add("it is another than the log says");
  }
}

}  // namespace stepwell::engine::check
