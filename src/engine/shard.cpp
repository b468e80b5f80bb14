#include "engine/shard.h"

#include "base/check.h"
#include "engine/storage_lost.h"
#include "store/codec.h"

#include <fmt/format.h>

namespace stepwell::engine {
namespace {

constexpr std::size_t max_live = 4'096;                 // executions kept in memory beyond need
constexpr std::size_t compact_above_bytes = 1U << 20U;  // arena of one execution
constexpr Duration longest_sleep{60'000};               // wall-clock time may jump: look again
constexpr Duration rest_after_failure{1'000};           // before the store is troubled again

Error task_timed_out() {
  return {.fault = Fault::client,
          .code = "TaskTimedOut",
          .message = "Task Timed Out: 'Provided task does not exist anymore'",
          .detail = {}};
}
Error task_does_not_exist() {
  return {.fault = Fault::client, .code = "TaskDoesNotExist", .message = "Task does not exist", .detail = {}};
}

// Whether that attempt has started the execution before: after a crash it is sent again.
bool has_started(const Execution& execution, const std::optional<Starter>& starter) {
  return starter && std::ranges::find(execution.starters, starter->task, &Starter::task) != execution.starters.end();
}

}  // namespace

Shard::Shard(ShardId number, const ShardPorts& ports)
    : number_(number),
      ports_(ports),
      payloads_(ports.store),
      timers_(ports.store, number),
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
    if (!live->execution->is_express()) used_.splice(used_.end(), used_, live->used);
    return live;
  }
  auto execution = load(ports_.store, payloads_, ports_.world, id);
  return execution ? insert(std::move(execution)) : nullptr;
}

std::unique_ptr<Execution> Shard::make_execution(StartRequest& request) {
  auto execution = std::make_unique<Execution>();
  execution->id = next_id();
  execution->name = std::move(request.name);
  execution->revision = std::move(request.revision);
  execution->trace_header = std::move(request.trace_header);
  if (execution->is_express())
    execution->express_id = make_uuid(ports_.random);
  else if (request.starter)
    execution->starters.push_back(*request.starter);
  return execution;
}

std::optional<StartOutcome> Shard::existing(const StartRequest& request) {
  if (request.unique_name) return std::nullopt;
  const std::string key = name_key(request.revision->machine_arn, request.name);
  std::optional<ExecutionId> id;
  if (const auto pending = names_.find(key); pending != names_.end()) {
    id = pending->second;
  } else {
    const auto stored = ports_.store.get(store::Table::execution_name, key);
    if (!stored) throw StorageLost(stored.error());
    if (*stored) id = read_execution_key(**stored);
  }
  const LivePtr live = id ? find(*id) : nullptr;
  if (live == nullptr) return std::nullopt;
  Execution& execution = *live->execution;
  const bool alike = execution.status == Status::running && execution.input->text(execution.arena) == request.input;
  const bool same = has_started(execution, request.starter) ||
                    (alike && (!request.starter || execution.starters.size() < max_starters));
  return StartOutcome{.kind = same ? StartOutcome::Kind::same : StartOutcome::Kind::taken,
                      .id = *id,
                      .arn = execution.arn(),
                      .started = execution.started};
}

void Shard::start(StartRequest request, Reply<StartOutcome> reply) {
  try {
    std::string input = std::move(request.input);
    if (request.revision->type == asl::MachineType::express)
      return start_express(make_execution(request), std::move(input), std::move(reply));
    request.input = input;
    if (auto outcome = existing(request)) {
      // What the answer rests on may still be on its way to the store.
      const LivePtr live = find(outcome->id);
      const bool joins = outcome->kind == StartOutcome::Kind::same;
      return join(live, joins ? request.starter : std::nullopt,
                  [outcome = std::move(*outcome), reply = std::move(reply)](const Result<void>& result) mutable {
                    if (result)
                      reply(std::move(outcome));
                    else
                      reply(fail(result.error()));
                  });
    }
    const bool unique_name = request.unique_name;
    const LivePtr live = insert(make_execution(request));
    Execution& execution = *live->execution;
    StartOutcome outcome{
        .kind = StartOutcome::Kind::started, .id = execution.id, .arn = execution.arn(), .started = ports_.clock.now()};
    Decision decision;
    Interpreter interpreter(execution, ports_.world, ports_.random, ports_.limits, outcome.started, decision);
    interpreter.start(Payload::of_text(execution.arena, input));
    finish(live, std::move(decision),
           [outcome = std::move(outcome), reply = std::move(reply)](const Result<void>& result) mutable {
             if (result)
               reply(std::move(outcome));
             else
               reply(fail(result.error()));
           });
    // Until the commit is durable, the store does not know the name.
    if (!unique_name && live->last_commit != nullptr) {
      live->last_commit->name = name_key(execution.revision->machine_arn, execution.name);
      names_.emplace(live->last_commit->name, execution.id);
    }
  } catch (const StorageLost& lost) {
    reply(fail(lost.error()));
  }
}

// Another start of an execution that is there. Its answer rests on what is on its way to the store.
void Shard::join(const LivePtr& live, const std::optional<Starter>& starter, Answer answer) {
  if (!starter || has_started(*live->execution, starter)) return finish(live, {}, std::move(answer));
  store::Batch batch;
  add_starter(*live->execution, *starter, batch);
  commit(live, std::move(batch), {}, {}, std::move(answer));
}

void Shard::start_express(std::unique_ptr<Execution> execution, std::string input, Reply<StartOutcome> reply) {
  const Timestamp now = ports_.clock.now();
  StartOutcome outcome{
      .kind = StartOutcome::Kind::started, .id = execution->id, .arn = execution->arn(), .started = now};
  const AcceptedExpress accepted{.machine_arn = execution->revision->machine_arn,
                                 .revision_id = execution->revision->revision_id,
                                 .name = execution->name,
                                 .express_id = execution->express_id,
                                 .trace_header = execution->trace_header,
                                 .input = input,
                                 .started = now};
  execution->accepted = true;
  store::Batch batch;
  batch.put(store::Table::express_accepted, execution_key(execution->id), encode(accepted));
  const LivePtr live = insert(std::move(execution));
  live->execution->input = Payload::of_text(live->execution->arena, input);
  commit(live, std::move(batch), {}, {},
         [this, live, outcome = std::move(outcome), reply = std::move(reply)](const Result<void>& result) mutable {
           if (!result) return reply(fail(result.error()));
           reply(std::move(outcome));
           run_express(live, live->execution->input);
         });
}

void Shard::start_sync(StartRequest request, Reply<Finished> reply) {
  CHECK(request.revision->type == asl::MachineType::express);
  const std::string input = std::move(request.input);
  const LivePtr live = insert(make_execution(request));
  live->on_end = std::move(reply);
  run_express(live, Payload::of_text(live->execution->arena, input));
}

void Shard::run_express(const LivePtr& live, const Payload* input) {
  Decision decision;
  Interpreter interpreter(*live->execution, ports_.world, ports_.random, ports_.limits, ports_.clock.now(), decision);
  interpreter.start(input);
  finish_express(live, std::move(decision));
}

void Shard::command(ExecutionId id, std::move_only_function<Result<void>(Interpreter&, Execution&)> decide,
                    Answer answer) {
  try {
    const LivePtr live = find(id);
    if (live == nullptr) return answer(fail(task_does_not_exist()));
    Decision decision;
    Interpreter interpreter(*live->execution, ports_.world, ports_.random, ports_.limits, ports_.clock.now(), decision);
    if (const auto outcome = decide(interpreter, *live->execution); !outcome) {
      CHECK(decision.events.empty());
      answer = [answer = std::move(answer), refusal = outcome](const Result<void>& result) mutable {
        answer(result ? refusal : result);
      };
    }
    if (live->execution->is_express()) {
      finish_express(live, std::move(decision));
      answer({});
    } else {
      finish(live, std::move(decision), std::move(answer));
    }
  } catch (const StorageLost& lost) {
    ports_.log.error(lost.what());
    answer(fail(lost.error()));
  }
}

void Shard::finish(const LivePtr& live, Decision decision, Answer answer) {
  if (decision.events.empty()) {
    // Nothing changed, but the answer may rest on a commit that is under way.
    if (live->last_commit != nullptr)
      live->last_commit->answers.push_back(std::move(answer));
    else
      answer({});
    return;
  }
  store::Batch batch;
  TimerChanges timers = persist(*live->execution, decision, batch);
  timers_.changed(timers);
  commit(live, std::move(batch), std::move(decision.effects), std::move(timers.set), std::move(answer));
  if (live->execution->arena.bytes() > compact_above_bytes) compact(*live->execution);
  arm_timer();
  trim();
}

void Shard::finish_express(const LivePtr& live, Decision decision) {
  Execution& execution = *live->execution;
  for (const TimerEntry& timer : live->timers) timers_.drop(timer);
  live->timers = timers_of(execution);
  for (const TimerEntry& timer : live->timers) timers_.add(timer);
  if (execution.arena.bytes() > compact_above_bytes) compact(execution);
  const ExecutionId id = execution.id;
  const bool more = !execution.ready.empty();
  const bool ended = execution.status != Status::running;
  if (ended && execution.accepted) {
    store::Batch batch;
    batch.erase(store::Table::express_accepted, execution_key(id));
    commit(live, std::move(batch), {}, {}, [](const Result<void>&) {});
  }
  if (ended) {
    if (live->on_end) {
      std::exchange(live->on_end, nullptr)(
          Finished{.arn = execution.arn(),
                   .name = execution.name,
                   .input = std::string(execution.input->text(execution.arena)),
                   .started = execution.started,
                   .stopped = *execution.stopped,
                   .status = execution.status,
                   .output = execution.output ? std::string(execution.output->text(execution.arena)) : std::string{},
                   .error = execution.error,
                   .cause = execution.cause});
    }
    forget(*live);
  }
  for (Effect& effect : decision.effects) ports_.effects.perform(std::move(effect));
  if (more)
    ports_.scheduler.post([completions = completions_, id] {
      if (completions->shard != nullptr) completions->shard->slice(id);
    });
  arm_timer();
}

void Shard::slice(ExecutionId id) {
  const auto found = live_.find(id);
  if (found == live_.end()) return;
  const LivePtr live = found->second;
  Decision decision;
  Interpreter interpreter(*live->execution, ports_.world, ports_.random, ports_.limits, ports_.clock.now(), decision);
  interpreter.run();
  finish_express(live, std::move(decision));
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
  if (!commit.name.empty()) names_.erase(commit.name);
  // What was decided on top of a lost commit is lost with it: the store refuses those batches.
  if (!outcome && !live.lost) {
    ports_.log.error(fmt::format("Execution {} could not be stored: {}", execution.name, outcome.error().message));
    live.lost = true;
    lost_.push_back(execution.id);
    timers_.rescan();
    timers_rest_until_ = ports_.clock.now() + rest_after_failure;
    forget(live);
    knock();
  }
  if (outcome) timers_.committed(commit.timers);
  for (Answer& answer : commit.answers) answer(outcome);
  if (!outcome) return;
  for (Effect& effect : commit.effects) ports_.effects.perform(std::move(effect));
  const bool ended = execution.status != Status::running && !execution.is_express();
  if (ended && live.commits == 0) forget(live);
  if (!lost_.empty()) resume_lost();
}

// Where nothing else happens, a commit that changes nothing finds out whether the store takes commits again.
void Shard::knock() {
  if (knock_) return;
  knock_ = ports_.scheduler.after(rest_after_failure, [this] {
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
                            else if (!shard->lost_.empty())
                              shard->knock();
                          });
                        });
  });
}

void Shard::forget(Live& live) {
  const auto found = live_.find(live.execution->id);
  if (found == live_.end() || found->second.get() != &live) return;
  if (!live.execution->is_express()) used_.erase(live.used);
  live_.erase(found);
}

// The store takes commits again: executions that were ahead of it go on from what it has.
void Shard::resume_lost() {
  for (const ExecutionId id : std::exchange(lost_, {})) {
    try {
      if (const LivePtr live = find(id)) send_again(*live);
    } catch (const StorageLost& lost) {
      ports_.log.error(lost.what());
    }
  }
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

// Executions that nobody needs leave memory: ended ones at once, waiting ones when there are many.
void Shard::trim() {
  auto candidate = used_.begin();
  while (used_.size() > max_live && candidate != used_.end()) {
    const auto found = live_.find(*candidate);
    const bool needed = found->second->commits > 0;
    candidate = needed ? std::next(candidate) : used_.erase(candidate);
    if (!needed) live_.erase(found);
  }
}

void Shard::stop(ExecutionId id, std::optional<std::string> error, std::optional<std::string> cause,
                 Reply<Timestamp> reply) {
  auto stopped = std::make_shared<Timestamp>();
  command(
      id,
      [error = std::move(error), cause = std::move(cause), stopped](Interpreter& interpreter,
                                                                    Execution& execution) -> Result<void> {
        if (execution.status == Status::running) interpreter.stop(error, cause);
        *stopped = *execution.stopped;
        return {};
      },
      [stopped, reply = std::move(reply)](const Result<void>& result) mutable {
        if (result)
          reply(*stopped);
        else
          reply(fail(result.error()));
      });
}

void Shard::complete_task(const TaskRef& task, std::string result, Reply<void> reply) {
  command(
      task.execution,
      [task, result = std::move(result)](Interpreter& interpreter, Execution& execution) -> Result<void> {
        if (!interpreter.complete_task(task, Payload::of_text(execution.arena, result))) return fail(task_timed_out());
        return {};
      },
      [reply = std::move(reply)](const Result<void>& outcome) mutable { reply(outcome); });
}

void Shard::fail_task(const TaskRef& task, std::optional<std::string> error, std::optional<std::string> cause,
                      Reply<void> reply) {
  command(
      task.execution,
      [task, error = std::move(error), cause = std::move(cause)](Interpreter& interpreter, Execution&) -> Result<void> {
        if (!interpreter.fail_task(task, error, cause)) return fail(task_timed_out());
        return {};
      },
      [reply = std::move(reply)](const Result<void>& outcome) mutable { reply(outcome); });
}

void Shard::submit_task(const TaskRef& task, std::string output, Reply<void> reply) {
  command(
      task.execution,
      [task, output = std::move(output)](Interpreter& interpreter, Execution& execution) -> Result<void> {
        if (!interpreter.submit_task(task, Payload::of_text(execution.arena, output))) return fail(task_timed_out());
        return {};
      },
      [reply = std::move(reply)](const Result<void>& outcome) mutable { reply(outcome); });
}

void Shard::heartbeat(const TaskRef& task, Reply<void> reply) {
  command(
      task.execution,
      [task](Interpreter& interpreter, Execution&) -> Result<void> {
        if (!interpreter.record_heartbeat(task)) return fail(task_timed_out());
        return {};
      },
      [reply = std::move(reply)](const Result<void>& outcome) mutable { reply(outcome); });
}

void Shard::start_activity_task(const TaskRef& task, std::string worker_name, Reply<std::string> reply) {
  auto input = std::make_shared<std::string>();
  command(
      task.execution,
      [task, worker_name = std::move(worker_name), input](Interpreter& interpreter,
                                                          Execution& execution) -> Result<void> {
        if (!interpreter.start_activity_task(task, worker_name)) return fail(task_timed_out());
        if (const Scope* scope = execution.find(task.scope)) *input = scope->task.arguments->text(execution.arena);
        return {};
      },
      [input, reply = std::move(reply)](const Result<void>& result) mutable {
        if (result)
          reply(std::move(*input));
        else
          reply(fail(result.error()));
      });
}

void Shard::arm_timer() {
  auto next = timers_.next();
  if (!next) {
    alarm_.reset();
    alarm_at_.reset();
    return;
  }
  next = std::max(*next, std::min(timers_rest_until_, ports_.clock.now() + rest_after_failure));
  if (alarm_ && alarm_at_ == next) return;
  alarm_at_ = next;
  const Duration delay = std::clamp<Duration>(*next - ports_.clock.now(), Duration{0}, longest_sleep);
  alarm_ = ports_.scheduler.after(delay, [this] {
    alarm_at_.reset();
    fire_due();
  });
}

void Shard::fire_due() {
  auto due = timers_.take_due(ports_.clock.now());
  if (!due) {
    ports_.log.error(due.error().message);
  } else {
    for (const TimerEntry& timer : *due) fire(timer);
  }
  arm_timer();
}

void Shard::fire(const TimerEntry& timer) {
  bool stale = false;
  command(
      timer.execution,
      [&](Interpreter& interpreter, Execution& execution) -> Result<void> {
        const auto timers = timers_of(execution);
        if (std::ranges::find(timers, timer) == timers.end())
          stale = true;
        else
          interpreter.fire(timer.scope, timer.kind);
        return {};
      },
      [](const Result<void>&) {});
  if (stale) ports_.log.debug("A timer was already out of date when it fired.");
}

Result<void> Shard::recover() {
  try {
    const std::string from = shard_key(number_);
    const std::string to = shard_key(static_cast<ShardId>(number_ + 1));
    const auto last = ports_.store.scan(store::Table::execution, from, to, store::Direction::backward);
    if (last->valid()) {
      if (const auto id = read_execution_key(last->key())) last_serial_ = id->serial;
    }
    TRY(last->status());
    const auto pending = ports_.store.scan(store::Table::pending_effect, from, to, store::Direction::forward);
    for (std::optional<ExecutionId> previous; pending->valid(); pending->next()) {
      store::KeyReader key(pending->key());
      const ShardId shard = key.u16();
      const ExecutionId id{.shard = shard, .serial = key.u64()};
      if (id == previous) continue;
      previous = id;
      if (const LivePtr live = find(id)) send_again(*live);
      trim();
    }
    TRY(pending->status());
    const auto accepted = ports_.store.scan(store::Table::express_accepted, from, to, store::Direction::forward);
    for (; accepted->valid(); accepted->next()) recover_express(accepted->key(), accepted->value());
    TRY(accepted->status());
    arm_timer();
    return {};
  } catch (const StorageLost& lost) {
    return fail(lost.error());
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
  last_serial_ = std::max(last_serial_, id->serial);
  const LivePtr live = insert(std::move(execution));
  run_express(live, Payload::of_text(live->execution->arena, record->input));
}

}  // namespace stepwell::engine
