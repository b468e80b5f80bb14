// Starting executions: by a name that may be known already, Standard or Express.

#include "base/check.h"
#include "engine/shard.h"
#include "engine/storage_lost.h"

namespace stepwell::engine {
namespace {

// Whether that attempt has started the execution before: after a crash it is sent again.
bool has_started(const Execution& execution, const std::optional<Starter>& starter) {
  return starter && std::ranges::find(execution.starters, starter->task, &Starter::task) != execution.starters.end();
}

// Whether the request names what the execution was started by. Which version an alias chooses is chance.
bool started_by(const Execution& execution, const StartRequest& request) {
  if (!execution.alias_arn.empty() || !request.alias_arn.empty()) return execution.alias_arn == request.alias_arn;
  return execution.version_arn == request.version_arn;
}

}  // namespace

std::unique_ptr<Execution> Shard::make_execution(StartRequest& request) {
  auto execution = std::make_unique<Execution>();
  execution->name = std::move(request.name);
  execution->revision = std::move(request.revision);
  execution->id = execution->is_express() ? next_express_id() : next_id();
  execution->trace_header = std::move(request.trace_header);
  execution->version_arn = std::move(request.version_arn);
  execution->alias_arn = std::move(request.alias_arn);
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
  const bool started_before = has_started(execution, request.starter);
  const bool name_is_free = execution.stopped && ports_.clock.now() - *execution.stopped >= name_kept;
  if (name_is_free && !started_before) return std::nullopt;
  const bool alike = execution.status == Status::running && started_by(execution, request) &&
                     execution.input->text(execution.arena) == request.input;
  const bool same = started_before || (alike && (!request.starter || execution.starters.size() < max_starters));
  return StartOutcome{.kind = same ? StartOutcome::Kind::same : StartOutcome::Kind::taken,
                      .id = *id,
                      .arn = execution.arn(),
                      .started = execution.started};
}

void Shard::start(StartRequest request, Reply<StartOutcome> reply) {
  LivePtr live;
  try {
    std::string input = std::move(request.input);
    if (request.revision->type == asl::MachineType::express)
      return start_express(make_execution(request), std::move(input), std::move(reply));
    request.input = input;
    if (auto outcome = existing(request)) {
      // What the answer rests on may still be on its way to the store.
      const LivePtr same = find(outcome->id);
      const bool joins = outcome->kind == StartOutcome::Kind::same;
      return join(same, joins ? request.starter : std::nullopt,
                  [outcome = std::move(*outcome), reply = std::move(reply)](const Result<void>& result) mutable {
                    if (result)
                      reply(std::move(outcome));
                    else
                      reply(fail(result.error()));
                  });
    }
    const bool unique_name = request.unique_name;
    live = insert(make_execution(request));
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
    if (live) forget(*live);  // it has begun nowhere but here
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

}  // namespace stepwell::engine
