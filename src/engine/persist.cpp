#include "engine/persist.h"

#include "base/check.h"
#include "engine/event_codec.h"
#include "engine/storage_lost.h"
#include "store/codec.h"

#include <fmt/format.h>

namespace stepwell::engine {
namespace {

using store::Table;

// The due times of a scope, by kind: wait (or retry), timeout, heartbeat.
std::array<std::optional<Timestamp>, 3> due_times(const Scope& scope) {
  const bool task = scope.waiting == Waiting::task;
  return {scope.due, task ? scope.task.timeout_due : std::nullopt, task ? scope.task.heartbeat_due : std::nullopt};
}
constexpr TimerKind timer_kinds[] = {TimerKind::wait, TimerKind::timeout, TimerKind::heartbeat};

void put_nested(NestedRow row, const Starter& starter, ExecutionId execution, store::Batch& batch) {
  batch.put(Table::nested_execution, nested_key(row, starter.task), nested_value(execution, starter.pattern));
}

class Persister {
 public:
  Persister(Execution& execution, const Decision& decision, store::Batch& batch)
      : execution_(execution), events_(decision.events), effects_(decision.effects), batch_(batch) {}

  TimerChanges run() {
    drop_outputs_of_last_forks();
    write_events();
    for (const auto& scope : execution_.removed) remove(*scope);
    execution_.removed.clear();
    for (const auto& [id, scope] : execution_.scopes) {
      if (scope->dirty) write(*scope);
    }
    write_deadline();
    write_starters();
    write_execution();
    return std::move(timers_);
  }

 private:
  void write_events() {
    std::span<const Event> rest = events_;
    while (!rest.empty()) {
      const std::size_t count = next_run(rest, execution_.arena);
      const auto run = rest.first(count);
      batch_.put(Table::event, event_key(execution_.id, run.front().serial), encode_events(run, execution_.arena));
      rest = rest.subspan(count);
    }
    for (const Event& event : events_) {
      if (event.type == EventType::ScopeClosed)
        write_child_output(event, static_cast<ScopeId>(event.number(FieldTag::parent)));
      else if (event.type == EventType::ChildKept)
        write_child_output(event, event.scope);
    }
  }

  // The output of a finished child is kept for the join, as a reference to where its bytes are. A child of an earlier
  // fork of the same scope (a loop leads back to a Map) has nothing to keep.
  void write_child_output(const Event& event, ScopeId fork) {
    const Payload* output = event.payload(FieldTag::output);
    Scope* parent = output ? execution_.find(fork) : nullptr;
    if (parent == nullptr || parent->waiting != Waiting::children) return;
    const auto index = static_cast<std::uint32_t>(event.number(FieldTag::child));
    if (index >= parent->outputs.size() || parent->outputs[index] != output) return;
    parent->stored.forked = parent->fork.started_event;
    batch_.put(Table::child_output, child_output_key(execution_.id, parent->id, index), encode(output->home()));
  }

  void set_timer(Scope& scope, std::size_t kind, std::optional<Timestamp> due) {
    std::optional<Timestamp>& stored = scope.stored.timers[kind];
    if (stored == due) return;
    TimerEntry timer{.due = {}, .execution = execution_.id, .scope = scope.id, .kind = timer_kinds[kind]};
    if (stored) {
      timer.due = *stored;
      batch_.erase(Table::timer, timer_key(timer));
      timers_.dropped.push_back(timer);
    }
    if (due) {
      timer.due = *due;
      batch_.put(Table::timer, timer_key(timer), {});
      timers_.set.push_back(timer);
    }
    stored = due;
  }

  void set_effect(Scope& scope, bool pending) {
    if (scope.stored.effect == pending) return;
    const std::string key = scope_key(execution_.id, scope.id);
    if (pending)
      batch_.put(Table::pending_effect, key, {});
    else
      batch_.erase(Table::pending_effect, key);
    scope.stored.effect = pending;
  }

  bool gave_up(const TaskRef& task) const {
    return std::ranges::any_of(effects_, [&task](const Effect& effect) {
      const auto* cancel = std::get_if<CancelTask>(&effect);
      return cancel != nullptr && cancel->task == task;
    });
  }

  // A task that waited for an execution and does no longer has been answered, or given up.
  void set_awaits(Scope& scope, EventId awaits) {
    const EventId stored = std::exchange(scope.stored.awaits, awaits);
    if (stored == awaits || stored == 0) return;
    const TaskRef task{.execution = execution_.id, .scope = scope.id, .scheduled = stored};
    if (gave_up(task)) {
      batch_.put(Table::nested_execution, nested_key(NestedRow::cancelled, task), {});
    } else {
      batch_.erase(Table::nested_execution, nested_key(NestedRow::waiting, task));
      batch_.erase(Table::nested_execution, nested_key(NestedRow::ended, task));
      batch_.erase(Table::nested_execution, nested_key(NestedRow::work, task));
    }
  }

  void set_queued(Scope& scope, bool queued) {
    const TaskRef task{.execution = execution_.id, .scope = scope.id, .scheduled = scope.task.scheduled};
    std::string key;
    if (queued) {
      const std::string& activity = execution_.state_of(scope).resource()->arn;
      // An entry keeps its place in the queue: its time is when it was first written.
      const bool same = !scope.stored.queue_key.empty() && read_queue_key(scope.stored.queue_key) == task;
      key = same ? scope.stored.queue_key : queue_key(activity, events_.front().at, task);
    }
    if (key == scope.stored.queue_key) return;
    if (!scope.stored.queue_key.empty()) batch_.erase(Table::activity_queue, scope.stored.queue_key);
    if (!key.empty()) batch_.put(Table::activity_queue, key, {});
    scope.stored.queue_key = std::move(key);
  }

  void write(Scope& scope) {
    const auto due = due_times(scope);
    for (std::size_t kind = 0; kind < due.size(); ++kind) set_timer(scope, kind, due[kind]);
    set_effect(scope, effect_pending(scope));
    set_awaits(scope, execution_.awaits(scope));
    set_queued(scope, scope.waiting == Waiting::task && scope.task.kind == TaskKind::activity && !scope.task.started);
    batch_.put(Table::scope, scope_key(execution_.id, scope.id), encode(scope, execution_.arena));
    scope.stored.record = true;
    scope.dirty = false;
  }

  void remove(Scope& scope) {
    for (std::size_t kind = 0; kind < std::size(timer_kinds); ++kind) set_timer(scope, kind, std::nullopt);
    set_effect(scope, false);
    set_awaits(scope, 0);
    set_queued(scope, false);
    if (scope.stored.record) batch_.erase(Table::scope, scope_key(execution_.id, scope.id));
    drop_child_outputs(scope);
  }

  // Before outputs of new forks are written: they have the same keys.
  void drop_outputs_of_last_forks() {
    for (const auto& [id, scope] : execution_.scopes) {
      const EventId fork = scope->waiting == Waiting::children ? scope->fork.started_event : 0;
      if (scope->dirty && scope->stored.forked != fork) drop_child_outputs(*scope);
    }
  }

  void drop_child_outputs(Scope& scope) {
    if (scope.stored.forked == 0) return;
    batch_.erase_range(Table::child_output, child_output_key(execution_.id, scope.id, 0),
                       child_output_key(execution_.id, scope.id + 1, 0));
    scope.stored.forked = 0;
  }

  void write_deadline() {
    const bool wanted = execution_.deadline && execution_.status == Status::running;
    if (wanted == execution_.stored.deadline) return;
    const TimerEntry timer{
        .due = *execution_.deadline, .execution = execution_.id, .scope = top_scope, .kind = TimerKind::execution};
    if (wanted) {
      batch_.put(Table::timer, timer_key(timer), {});
      timers_.set.push_back(timer);
    } else {
      batch_.erase(Table::timer, timer_key(timer));
      timers_.dropped.push_back(timer);
    }
    execution_.stored.deadline = wanted;
  }

  // What the tasks that wait for this execution find after a crash.
  void write_starters() {
    const bool starts = !execution_.stored.record;
    const bool ends = execution_.status != Status::running && execution_.stored.status == Status::running;
    if (!starts && !ends) return;
    for (const Starter& starter : execution_.starters) {
      if (!starter.waits()) continue;
      if (starts) put_nested(NestedRow::waiting, starter, execution_.id, batch_);
      if (ends) put_nested(NestedRow::ended, starter, execution_.id, batch_);
    }
  }

  void write_execution() {
    const std::string& machine = execution_.revision->machine_arn;
    if (!execution_.stored.record) {
      batch_.put(Table::execution_name, name_key(machine, execution_.name), execution_key(execution_.id));
    }
    batch_.put(Table::execution, execution_key(execution_.id), encode(execution_));
    // A redriven execution may have come to the same end in one commit.
    const bool redriven = execution_.stored.redrive_count != execution_.redrive_count;
    if (!execution_.stored.record || execution_.stored.status != execution_.status || redriven) {
      for (const std::string_view list : {std::string_view(machine), std::string_view(execution_.version_arn),
                                          std::string_view(execution_.alias_arn)}) {
        if (!list.empty()) write_list(list);
      }
    }
    write_ended();
    execution_.stored.record = true;
    execution_.stored.status = execution_.status;
    execution_.stored.redrive_count = execution_.redrive_count;
    execution_.dirty = false;
  }

  // Its place in the order of the ends; it has none while it runs.
  void write_ended() {
    const std::optional<Timestamp> ended = execution_.status == Status::running ? std::nullopt : execution_.stopped;
    std::optional<Timestamp>& stored = execution_.stored.ended;
    if (stored == ended) return;
    if (stored) {
      batch_.erase(Table::ended_execution, ended_key({.stopped = *stored, .execution = execution_.id}));
    }
    if (ended) batch_.put(Table::ended_execution, ended_key({.stopped = *ended, .execution = execution_.id}), {});
    stored = ended;
  }

  void write_list(std::string_view list) {
    if (execution_.stored.record) {
      batch_.erase(Table::execution_list, list_key(list, execution_.stored.status, execution_.started, execution_.id));
    }
    batch_.put(Table::execution_list, list_key(list, execution_.status, execution_.started, execution_.id),
               list_value({.id = execution_.id,
                           .status = execution_.status,
                           .started = execution_.started,
                           .name = execution_.name,
                           .stopped = execution_.stopped,
                           .version_arn = execution_.version_arn,
                           .alias_arn = execution_.alias_arn,
                           .redrive_count = execution_.redrive_count,
                           .redriven = execution_.redriven}));
  }

  Execution& execution_;
  const std::vector<Event>& events_;
  const std::vector<Effect>& effects_;
  store::Batch& batch_;
  TimerChanges timers_;
};

[[noreturn]] void lost(std::string message) {
  throw StorageLost({.fault = Fault::server, .code = "StorageCorrupted", .message = std::move(message), .detail = {}});
}

template <typename Visit>
void for_each(store::Store& store, Table table, const std::string& from, const std::string& to, Visit visit) {
  const auto cursor = store.scan(table, from, to, store::Direction::forward);
  for (; cursor->valid(); cursor->next()) visit(cursor->key(), cursor->value());
  if (auto status = cursor->status(); !status) throw StorageLost(std::move(status).error());
}

std::optional<std::string> get(store::Store& store, Table table, std::string_view key) {
  auto value = store.get(table, key);
  if (!value) throw StorageLost(std::move(value).error());
  return std::move(*value);
}

void load_outputs(store::Store& store, const StoredPayloads& payloads, Execution& execution, Scope& parent) {
  parent.outputs.assign(parent.fork.count, nullptr);
  for_each(store, Table::child_output, child_output_key(execution.id, parent.id, 0),
           child_output_key(execution.id, parent.id + 1, 0), [&](std::string_view key, std::string_view value) {
             store::KeyReader reader(key);
             reader.u16();
             reader.u64();
             reader.u32();
             const std::uint32_t index = reader.u32();
             const auto home = decode_home(value);
             if (!home || index >= parent.outputs.size()) lost("A record of an iteration's output cannot be read.");
             parent.outputs[index] = Payload::of_home(execution.arena, payloads, execution.id, *home);
             parent.stored.forked = parent.fork.started_event;
           });
}

void load_scopes(store::Store& store, const StoredPayloads& payloads, Execution& execution) {
  const std::string from = execution_key(execution.id);
  for_each(store, Table::scope, from, end_of_execution(execution.id), [&](std::string_view, std::string_view value) {
    auto scope = decode_scope(value, execution.arena, payloads, execution.id);
    if (!scope || scope->state >= execution.revision->machine->states()) lost("A record of a scope cannot be read.");
    scope->dirty = false;
    scope->stored.record = true;
    scope->stored.effect = effect_pending(*scope);
    scope->stored.awaits = execution.awaits(*scope);
    const auto due = due_times(*scope);
    std::ranges::copy(due, scope->stored.timers);
    const ScopeId id = scope->id;
    execution.scopes.emplace(id, std::move(scope));
  });
  for (const auto& [id, scope] : execution.scopes) {
    if (scope->waiting == Waiting::children) load_outputs(store, payloads, execution, *scope);
  }
}

}  // namespace

bool effect_pending(const Scope& scope) {
  return scope.waiting == Waiting::task && scope.task.kind != TaskKind::activity && !scope.task.submitted;
}

TimerChanges persist(Execution& execution, const Decision& decision, store::Batch& batch) {
  return Persister(execution, decision, batch).run();
}

void add_starter(Execution& execution, const Starter& starter, store::Batch& batch) {
  execution.starters.push_back(starter);
  if (starter.waits()) put_nested(NestedRow::waiting, starter, execution.id, batch);
  batch.put(Table::execution, execution_key(execution.id), encode(execution));
}

std::vector<TimerEntry> timers_of(const Execution& execution) {
  std::vector<TimerEntry> timers;
  if (execution.status != Status::running) return timers;
  if (execution.deadline) {
    timers.push_back(
        {.due = *execution.deadline, .execution = execution.id, .scope = top_scope, .kind = TimerKind::execution});
  }
  for (const auto& [id, scope] : execution.scopes) {
    const auto due = due_times(*scope);
    for (std::size_t kind = 0; kind < due.size(); ++kind) {
      if (due[kind])
        timers.push_back({.due = *due[kind], .execution = execution.id, .scope = id, .kind = timer_kinds[kind]});
    }
  }
  return timers;
}

std::string StoredPayloads::fetch(ExecutionId execution, Home home) const {
  const auto cursor = store_->scan(Table::event, event_key(execution, 0), event_key(execution, home.serial + 1),
                                   store::Direction::backward);
  if (cursor->valid()) {
    const auto index = index_payloads(cursor->value());
    if (const auto payload = index ? index->find(home) : std::nullopt) return std::string(*payload);
  }
  if (auto status = cursor->status(); !status) throw StorageLost(std::move(status).error());
  lost(fmt::format("The payload at event {} of execution {} is gone.", home.serial, execution.serial));
}

std::unique_ptr<Execution> load(store::Store& store, const StoredPayloads& payloads, World& world, ExecutionId id) {
  const auto value = get(store, Table::execution, execution_key(id));
  if (!value) return nullptr;
  auto record = decode_execution(*value);
  if (!record) lost("The record of an execution cannot be read.");
  auto execution = std::make_unique<Execution>();
  execution->id = id;
  execution->revision = world.revision(record->machine_arn, record->revision_id);
  if (execution->revision == nullptr) {
    lost(fmt::format("Revision {} of {}, which execution '{}' runs, is gone.", record->revision_id, record->machine_arn,
                     record->name));
  }
  const auto payload_at = [&](Home home) {
    return home.serial == 0 ? nullptr : Payload::of_home(execution->arena, payloads, id, home);
  };
  execution->name = std::move(record->name);
  execution->trace_header = std::move(record->trace_header);
  execution->status = record->status;
  execution->started = record->started;
  execution->last_event_at = record->last_event_at;
  execution->stopped = record->stopped;
  execution->deadline = record->deadline;
  execution->input = payload_at(record->input);
  execution->output = payload_at(record->output);
  execution->error = std::move(record->error);
  execution->cause = std::move(record->cause);
  execution->next_event = record->next_event;
  execution->next_serial = record->next_serial;
  execution->next_scope = record->next_scope;
  execution->starters = std::move(record->starters);
  execution->version_arn = std::move(record->version_arn);
  execution->alias_arn = std::move(record->alias_arn);
  execution->redrive_count = record->redrive_count;
  execution->redriven = record->redriven;
  execution->redrive_by = std::move(record->redrive_by);
  execution->stored = {.record = true,
                       .status = record->status,
                       .redrive_count = record->redrive_count,
                       .deadline = record->deadline.has_value() && record->status == Status::running,
                       .ended = record->status == Status::running ? std::nullopt : record->stopped};
  execution->dirty = false;
  if (execution->status == Status::running) load_scopes(store, payloads, *execution);
  return execution;
}

}  // namespace stepwell::engine
