#include "engine/check/checker.h"

#include "engine/apply.h"
#include "engine/check/log_rules.h"
#include "engine/check/stray_rules.h"
#include "engine/check/table_rules.h"
#include "engine/event_codec.h"

#include <map>

namespace stepwell::engine::check {
namespace {

constexpr std::string_view readable = "readable";

constexpr auto rules = std::to_array<RuleInfo>({
    {readable, "every record can be read"},
#define RULE(name, demand) {#name, demand},
#include "engine/check/log_rules.def"
#include "engine/check/stray_rules.def"
#include "engine/check/table_rules.def"
#undef RULE
});

std::vector<Event> read_events(store::Store& store, ExecutionId id, json::Arena& arena,
                               const StoredPayloads& payloads) {
  std::vector<Event> events;
  for (const auto& [key, value] : rows(store, Table::event, execution_key(id))) {
    const auto some = decode_events(value, arena, payloads, id);
    if (some.empty() || key != event_key(id, some.front().serial)) unreadable("events");
    events.insert(events.end(), some.begin(), some.end());
  }
  return events;
}

// Logs that keep these rules can be applied; others would break what `apply` takes for granted.
bool can_be_applied(const Report& report, std::size_t from) {
  for (std::size_t i = from; i < report.findings().size(); ++i) {
    const std::string_view rule = report.findings()[i].rule;
    if (rule == "ids" || rule == "scopes" || rule == "ends") return false;
  }
  return report.count() == report.findings().size();
}

// Whether a log is one of this machine: what the tables are made of rests on its states.
bool fits(std::span<const Event> events, const asl::Machine& machine) {
  std::map<ScopeId, const asl::State*> states;
  for (const Event& event : events) {
    const Role role = role_of(event.type);
    if (role == Role::opened || role == Role::restored || role == Role::entered) {
      const auto index = static_cast<std::uint64_t>(event.number(FieldTag::state_index));
      if (index >= machine.states()) return false;
      states[event.scope] = &machine.state(static_cast<std::uint32_t>(index));
    }
    const asl::State* state = states[event.scope];
    if (role == Role::entered && state->name() != event.text(FieldTag::name)) return false;
    if (role == Role::scheduled && (state == nullptr || state->resource() == nullptr)) return false;
  }
  return true;
}

void check_tables(const Tables& tables, Report& report) {
#define RULE(name, demand) \
  report.begin(#name);     \
  check_##name(tables, report);
#include "engine/check/table_rules.def"
#undef RULE
}

}  // namespace

std::span<const RuleInfo> all_rules() { return rules; }

void check_log(std::span<const Event> events, json::Arena& arena, Report& report) {
  const Log log{.events = events, .arena = arena};
#define RULE(name, demand) \
  report.begin(#name);     \
  check_##name(log, report);
#include "engine/check/log_rules.def"
#undef RULE
}

void Checker::read_execution(ExecutionId id) {
  auto bytes = read(store_, Table::execution, execution_key(id));
  if (!bytes) return report_.add("there is no such execution");
  auto record = decode_execution(*bytes);
  if (!record) unreadable("an execution");
  report_.of(id, record->name);
  Execution rebuilt;
  rebuilt.id = id;
  rebuilt.name = record->name;
  rebuilt.trace_header = record->trace_header;
  rebuilt.starters = record->starters;
  rebuilt.revision = world_.revision(record->machine_arn, record->revision_id);
  if (rebuilt.revision == nullptr) {
    return report_.add(fmt::format("its revision {} of {} is gone", record->revision_id, record->machine_arn));
  }
  const StoredPayloads payloads(store_);
  const auto events = read_events(store_, id, rebuilt.arena, payloads);
  counts_.events += events.size();
  const std::size_t before = report_.findings().size();
  check_log(events, rebuilt.arena, report_);
  if (!can_be_applied(report_, before)) return;
  if (!fits(events, *rebuilt.revision->machine)) {
    report_.begin(readable);
    return report_.add("its log is of another state machine than its record says");
  }
  for (const Event& event : events) apply(rebuilt, event);
  check_tables({.store = store_, .record = std::move(*record), .record_bytes = std::move(*bytes), .rebuilt = rebuilt},
               report_);
}

void Checker::check_execution(ExecutionId id) {
  ++counts_.executions;
  report_.of(id, {});
  report_.begin(readable);
  try {
    read_execution(id);
  } catch (const StorageLost& lost) {
    report_.begin(readable);
    report_.add(lost.what());
  }
}

void Checker::check_strays() {
  Owners owners(store_, world_);
  const auto check = [&](std::string_view rule, void (*function)(Owners&, Report&)) {
    report_.of({}, {});
    report_.begin(rule);
    try {
      function(owners, report_);
    } catch (const StorageLost& lost) {
      report_.begin(readable);
      report_.add(lost.what());
    }
  };
#define RULE(name, demand) check(#name, check_##name);
#include "engine/check/stray_rules.def"
#undef RULE
}

void Checker::check_all(const std::function<void(const Counts&)>& progress) {
  try {
    for_each(store_, Table::execution, [&](std::string_view key, std::string_view) {
      const auto id = read_execution_key(key);
      if (!id) unreadable("an execution");
      check_execution(*id);
      if (progress) progress(counts_);
    });
  } catch (const StorageLost& lost) {
    report_.of({}, {});
    report_.begin(readable);
    report_.add(lost.what());
  }
  check_strays();
}

}  // namespace stepwell::engine::check
