// Express executions of a shard: the same interpreter without records, in slices.

#include "base/check.h"
#include "engine/shard.h"

namespace stepwell::engine {
namespace {

constexpr std::size_t usual_events = 16;  // of an execution with a few states

}  // namespace

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
  decision.events.reserve(usual_events);
  Interpreter interpreter(*live->execution, ports_.world, ports_.random, ports_.limits, ports_.clock.now(), decision);
  interpreter.start(input);
  finish_express(live, std::move(decision));
}

void Shard::finish_express(const LivePtr& live, Decision decision) {
  Execution& execution = *live->execution;
  if (ports_.observer != nullptr) ports_.observer->decided(execution, decision.events);
  for (const TimerEntry& timer : live->timers) timers_.drop(timer);
  live->timers = timers_of(execution);
  for (const TimerEntry& timer : live->timers) timers_.add(timer);
  store::Batch batch;
  if (ports_.witness != nullptr) ports_.witness->witness(execution, decision.events, batch);
  const ExecutionId id = execution.id;
  const bool more = !execution.ready.empty();
  const bool ended = execution.status != Status::running;
  if (!ended) compact_when_grown(execution);
  if (ended && execution.accepted) {
    keep_promise(live, std::move(batch));
  } else if (!batch.empty()) {
    // The execution goes on without what the witness has added.
    ports_.store.commit(std::move(batch), [](const Result<void>&) {});
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

// It has been run: what promised that goes, with `batch`. If the store cannot take that now, it is told again, without.
void Shard::keep_promise(const LivePtr& live, store::Batch batch) {
  batch.erase(store::Table::express_accepted, execution_key(live->execution->id));
  commit(live, std::move(batch), {}, {}, [this, live](const Result<void>& result) {
    if (result) return;
    promised_.push_back(live);
    knock();
  });
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

}  // namespace stepwell::engine
