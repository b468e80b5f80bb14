// What a shard takes up when it begins, and after commits were lost.

#include "engine/shard.h"
#include "engine/storage_lost.h"
#include "store/codec.h"

#include <fmt/format.h>

namespace stepwell::engine {

Result<void> Shard::recover() {
  try {
    const std::string from = shard_key(number_);
    const std::string to = shard_key(static_cast<ShardId>(number_ + 1));
    const auto last = ports_.store.scan(store::Table::execution, from, to, store::Direction::backward);
    if (last->valid()) {
      if (const auto id = read_execution_key(last->key())) last_serial_ = id->serial;
    }
    TRY(last->status());
    TRY_ASSIGN(const std::uint64_t deleted, retention_.last_deleted());
    last_serial_ = std::max(last_serial_, deleted);
    const auto pending = ports_.store.scan(store::Table::pending_effect, from, to, store::Direction::forward);
    for (std::optional<ExecutionId> previous; pending->valid(); pending->next()) {
      store::KeyReader key(pending->key());
      const ShardId shard = key.u16();
      const ExecutionId id{.shard = shard, .serial = key.u64()};
      if (id == previous) continue;
      previous = id;
      recover_execution(id);
      trim();
    }
    TRY(pending->status());
    const auto accepted = ports_.store.scan(store::Table::express_accepted, from, to, store::Direction::forward);
    for (; accepted->valid(); accepted->next()) recover_express(accepted->key(), accepted->value());
    TRY(accepted->status());
    arm_timer();
    retention_.begin();
    return {};
  } catch (const StorageLost& lost) {
    return fail(lost.error());
  }
}

// One that cannot be read does not keep the others waiting.
void Shard::recover_execution(ExecutionId id) {
  try {
    if (const LivePtr live = find(id)) send_again(*live);
  } catch (const StorageLost& lost) {
    ports_.log.error(fmt::format("An execution cannot go on: {}", lost.what()));
    take_up_later(id);
  }
}

void Shard::recover_express(std::string_view key, std::string_view value) {
  const auto id = read_execution_key(key);
  auto record = decode_accepted(value);
  if (!id || !record) throw StorageLost(internal_error("The record of an accepted Express execution cannot be read."));
  auto execution = std::make_unique<Execution>();
  execution->id = *id;
  execution->name = std::move(record->name);
  execution->express_id = std::move(record->express_id);
  execution->trace_header = std::move(record->trace_header);
  execution->accepted = true;
  execution->revision = ports_.world.revision(record->machine_arn, record->revision_id);
  if (execution->revision == nullptr) return;  // its machine is gone
  const LivePtr live = insert(std::move(execution));
  run_express(live, Payload::of_text(live->execution->arena, record->input));
}

// The store did not give what an execution needs: memory, which may be ahead of it by now, is worth nothing. What was
// decided before is on its way and arrives; until then nobody works on the execution.
void Shard::lose(const LivePtr& live, ExecutionId id) {
  if (live != nullptr && !live->lost) {
    live->lost = true;
    if (live->commits == 0) forget(*live);
  }
  take_up_later(id);
}

void Shard::take_up_later(ExecutionId id) {
  lost_.insert(id);
  knock();
}

// Where nothing else happens, a commit that changes nothing finds out whether the store takes commits again.
void Shard::knock() {
  if (knock_) return;
  knock_ = ports_.scheduler.after(rest_, [this] {
    store::Batch nothing;
    nothing.erase(store::Table::pending_effect, shard_key(number_));
    ports_.store.commit(std::move(nothing),
                        [completions = completions_, &scheduler = ports_.scheduler](const Result<void>& result) {
                          scheduler.post([completions, opened = result.has_value()] {
                            Shard* const shard = completions->shard;
                            if (shard == nullptr) return;
                            shard->knock_.reset();
                            if (opened)
                              shard->resume_lost();
                            else if (!shard->lost_.empty() || !shard->promised_.empty())
                              shard->knock();
                          });
                        });
  });
}

// The store takes commits again: executions that were ahead of it go on from what it has. What it still cannot give is
// asked for less and less often.
void Shard::resume_lost() {
  for (const LivePtr& live : std::exchange(promised_, {})) keep_promise(live, {});
  bool all_read = true;
  for (const ExecutionId id : std::exchange(lost_, {})) {
    try {
      const LivePtr live = find(id);
      if (live == nullptr) continue;
      // It has gone on already, and what it decided is on its way: not before that has arrived.
      if (live->commits > 0) {
        lost_.insert(id);
        continue;
      }
      send_again(*live);
      // A timer that fired in vain is in the store alone.
      timers_.committed(timers_of(*live->execution));
    } catch (const StorageLost& lost) {
      ports_.log.error(fmt::format("An execution cannot go on: {}", lost.what()));
      lost_.insert(id);
      all_read = false;
    }
  }
  rest_ = all_read ? rest_after_failure : std::min(rest_ * 2, longest_rest);
  if (!lost_.empty()) knock();
  arm_timer();
}

void Shard::send_again(const Live& live) {
  Decision decision;
  const Interpreter interpreter(*live.execution, ports_.world, ports_.random, ports_.limits, ports_.clock.now(),
                                decision);
  for (const auto& [id, scope] : live.execution->scopes) {
    if (!scope->stored.effect) continue;
    RunTask effect = interpreter.run_task_effect(*scope);
    effect.again = true;
    ports_.effects.perform(std::move(effect));
  }
}

}  // namespace stepwell::engine
