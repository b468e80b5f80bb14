#include "engine/shard.h"

#include "base/check.h"
#include "engine/storage_lost.h"
#include "store/codec.h"
#include "store/errors.h"

#include <fmt/format.h>

namespace stepwell::engine {
Shard::Shard(ShardId number, const ShardPorts& ports)
    : number_(number),
      ports_(ports),
      payloads_(ports.store),
      timers_(ports.store, number),
      retention_(number, {.store = ports.store,
                          .clock = ports.clock,
                          .scheduler = ports.scheduler,
                          .log = ports.log,
                          .retention = ports.limits.retention,
                          .let_go = [this](ExecutionId id, const std::string& name) { return let_go(id, name); }}),
      completions_(std::make_shared<Completions>()) {
  completions_->shard = this;
}

Shard::~Shard() {
  const std::scoped_lock lock(completions_->mutex);
  completions_->shard = nullptr;
}

ExecutionId Shard::next_id() {
  const auto millis = static_cast<std::uint64_t>(ports_.clock.now().time_since_epoch().count());
  last_serial_ = std::max(last_serial_ + 1, millis << 20U);
  return {.shard = number_, .serial = last_serial_};
}

ExecutionId Shard::next_express_id() {
  constexpr std::uint64_t express = 1ULL << 63U;
  if (last_express_ == 0) last_express_ = express | (ports_.random.next() >> 2U);
  return {.shard = number_, .serial = ++last_express_};
}

Shard::LivePtr Shard::insert(std::unique_ptr<Execution> execution) {
  auto live = std::make_shared<Live>();
  const ExecutionId id = execution->id;
  live->execution = std::move(execution);
  if (!live->execution->is_express()) live->used = used_.insert(used_.end(), id);
  live_.emplace(id, live);
  return live;
}

Shard::LivePtr Shard::find(ExecutionId id) {
  if (const auto found = live_.find(id); found != live_.end()) {
    const LivePtr& live = found->second;
    // It is gone from here when what is on its way to the store has arrived.
    if (live->lost) throw StorageLost(store::rests_on_lost_commit());
    if (!live->execution->is_express()) used_.splice(used_.end(), used_, live->used);
    return live;
  }
  if (retention_.deleting(id)) return nullptr;
  auto execution = load(ports_.store, payloads_, ports_.world, id);
  return execution ? insert(std::move(execution)) : nullptr;
}

void Shard::finish(const LivePtr& live, Decision decision, Answer answer, store::Batch effect) {
  if (decision.events.empty()) {
    // Nothing changed, but the answer may rest on a commit that is under way.
    if (live->last_commit != nullptr)
      live->last_commit->answers.push_back(std::move(answer));
    else
      answer({});
    return;
  }
  if (ports_.observer != nullptr) ports_.observer->decided(*live->execution, decision.events);
  store::Batch batch = std::move(effect);
  TimerChanges timers = persist(*live->execution, decision, batch);
  if (ports_.witness != nullptr) ports_.witness->witness(*live->execution, decision.events, batch);
  timers_.changed(timers);
  commit(live, std::move(batch), std::move(decision.effects), std::move(timers.set), std::move(answer));
  compact_when_grown(*live->execution);
  arm_timer();
  trim();
}

void Shard::forget(Live& live) {
  const auto found = live_.find(live.execution->id);
  if (found == live_.end() || found->second.get() != &live) return;
  if (!live.execution->is_express()) used_.erase(live.used);
  live_.erase(found);
}

// Executions that nobody needs leave memory: ended ones at once, waiting ones when there are many.
void Shard::trim() {
  auto candidate = used_.begin();
  while (used_.size() > ports_.limits.max_in_memory && candidate != used_.end()) {
    const auto found = live_.find(*candidate);
    const bool needed = found->second->commits > 0;
    candidate = needed ? std::next(candidate) : used_.erase(candidate);
    if (!needed) live_.erase(found);
  }
}

// For an execution that is to be deleted.
bool Shard::let_go(ExecutionId id, const std::string& name) {
  if (names_.contains(name)) return false;
  const auto found = live_.find(id);
  if (found == live_.end()) return true;
  const LivePtr live = found->second;
  if (live->commits > 0 || live->execution->status == Status::running) return false;
  forget(*live);
  return true;
}

void Shard::commit(const LivePtr& live, store::Batch batch, std::vector<Effect> effects, std::vector<TimerEntry> timers,
                   Answer answer) {
  auto entry = std::make_unique<Commit>();
  entry->live = live;
  entry->effects = std::move(effects);
  entry->timers = std::move(timers);
  entry->answers.push_back(std::move(answer));
  // Decided on top of the commits before it, which may still fail.
  if (live->last_commit != nullptr) batch.require(live->last_commit->ticket);
  ++live->commits;
  Commit& under_way = *entry;
  live->last_commit = &under_way;
  commits_.push_back(std::move(entry));
  under_way.ticket = ports_.store.commit(
      std::move(batch), [completions = completions_, &scheduler = ports_.scheduler](Result<void> result) {
        const std::scoped_lock lock(completions->mutex);
        if (completions->shard == nullptr) return;
        completions->results.push_back(std::move(result));
        if (completions->results.size() > 1) return;  // the loop has been told and has not looked yet
        scheduler.post([completions] {
          if (completions->shard != nullptr) completions->shard->on_committed();
        });
      });
}

void Shard::on_committed() {
  std::vector<Result<void>> results;
  {
    const std::scoped_lock lock(completions_->mutex);
    results.swap(completions_->results);
  }
  for (const Result<void>& result : results) {
    const std::unique_ptr<Commit> done = std::move(commits_.front());
    commits_.pop_front();
    settle(*done, result);
  }
  arm_timer();
  trim();
}

void Shard::settle(Commit& commit, const Result<void>& outcome) {
  Live& live = *commit.live;
  Execution& execution = *live.execution;
  --live.commits;
  if (live.last_commit == &commit) live.last_commit = nullptr;
  refused_ = refused_ || !outcome;
  if (!commit.name.empty()) names_.erase(commit.name);
  // What was decided on top of a lost commit is lost with it: the store refuses those batches.
  if (!outcome && !live.lost) {
    ports_.log.error(fmt::format("Execution {} could not be stored: {}", execution.name, outcome.error().message));
    live.lost = true;
    timers_.rescan();
    timers_rest_until_ = ports_.clock.now() + rest_after_failure;
    forget(live);
    take_up_later(execution.id);
  }
  if (live.lost && live.commits == 0) forget(live);
  if (outcome) timers_.committed(commit.timers);
  for (Answer& answer : commit.answers) answer(outcome);
  if (!outcome) return;
  for (Effect& effect : commit.effects) ports_.effects.perform(std::move(effect));
  if (ports_.observer != nullptr && !execution.is_express()) ports_.observer->kept(execution.id);
  const bool ended = execution.status != Status::running && !execution.is_express();
  if (ended && live.commits == 0) forget(live);
  if (ended) retention_.ended(*execution.stopped);
  if (std::exchange(refused_, false)) resume_lost();
}

}  // namespace stepwell::engine
