// The commands of a shard: each runs one method of the interpreter and is answered when that is durable.

#include "base/check.h"
#include "engine/redrive.h"
#include "engine/shard.h"
#include "engine/storage_lost.h"

namespace stepwell::engine {
namespace {

Error task_timed_out() {
  return {.fault = Fault::client,
          .code = "TaskTimedOut",
          .message = "Task Timed Out: 'Provided task does not exist anymore'",
          .detail = {}};
}
Error task_does_not_exist() {
  return {.fault = Fault::client, .code = "TaskDoesNotExist", .message = "Task does not exist", .detail = {}};
}

Error not_redrivable(std::string why) {
  return {.fault = Fault::client, .code = "ExecutionNotRedrivable", .message = std::move(why), .detail = {}};
}

}  // namespace

void Shard::command(ExecutionId id, std::move_only_function<Result<void>(Interpreter&, Execution&)> decide,
                    Answer answer, store::Batch effect) {
  LivePtr live;
  Decision decision;
  try {
    live = find(id);
    if (live == nullptr) return answer(fail(task_does_not_exist()));
    Interpreter interpreter(*live->execution, ports_.world, ports_.random, ports_.limits, ports_.clock.now(), decision);
    if (const auto outcome = decide(interpreter, *live->execution); !outcome) {
      CHECK(decision.events.empty());
      answer = [answer = std::move(answer), refusal = outcome](const Result<void>& result) mutable {
        answer(result ? refusal : result);
      };
    }
    if (live->execution->is_express()) {
      CHECK(effect.empty());
      finish_express(live, std::move(decision));
      answer({});
    } else {
      finish(live, std::move(decision), std::move(answer), std::move(effect));
    }
  } catch (const StorageLost& lost) {
    ports_.log.error(lost.what());
    lose(live, id);
    answer(fail(lost.error()));
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

void Shard::redrive(ExecutionId id, std::string token, Reply<Timestamp> reply) {
  auto redriven = std::make_shared<Timestamp>();
  command(
      id,
      [this, token = std::move(token), redriven](Interpreter& interpreter, Execution& execution) -> Result<void> {
        const Timestamp now = ports_.clock.now();
        if (const auto before = redriven_by(execution.redrive_by, token, now)) {
          *redriven = *before;
          return {};
        }
        // Until its last commit is durable, nobody knows that an execution has ended.
        const bool ended = live_.at(execution.id)->commits == 0;
        const auto refusal = redrive_refusal({.status = ended ? execution.status : Status::running,
                                              .started = execution.started,
                                              .stopped = execution.stopped,
                                              .next_event = execution.next_event,
                                              .max_events = ports_.limits.max_events},
                                             now);
        if (refusal) return fail(not_redrivable(*refusal));
        interpreter.redrive(read_unfinished(ports_.store, payloads_, execution), token);
        *redriven = *execution.redriven;  // as its event says
        return {};
      },
      [redriven, reply = std::move(reply)](const Result<void>& result) mutable {
        if (result)
          reply(*redriven);
        else
          reply(fail(result.error()));
      });
}

void Shard::complete_task(const TaskRef& task, std::string result, Reply<void> reply, store::Batch effect) {
  command(
      task.execution,
      [task, result = std::move(result)](Interpreter& interpreter, Execution& execution) -> Result<void> {
        if (!interpreter.complete_task(task, Payload::of_text(execution.arena, result))) return fail(task_timed_out());
        return {};
      },
      [reply = std::move(reply)](const Result<void>& outcome) mutable { reply(outcome); }, std::move(effect));
}

void Shard::fail_task(const TaskRef& task, std::optional<std::string> error, std::optional<std::string> cause,
                      Reply<void> reply, store::Batch effect) {
  command(
      task.execution,
      [task, error = std::move(error), cause = std::move(cause)](Interpreter& interpreter, Execution&) -> Result<void> {
        if (!interpreter.fail_task(task, error, cause)) return fail(task_timed_out());
        return {};
      },
      [reply = std::move(reply)](const Result<void>& outcome) mutable { reply(outcome); }, std::move(effect));
}

void Shard::submit_task(const TaskRef& task, std::string output, Reply<void> reply, store::Batch effect) {
  command(
      task.execution,
      [task, output = std::move(output)](Interpreter& interpreter, Execution& execution) -> Result<void> {
        if (!interpreter.submit_task(task, Payload::of_text(execution.arena, output))) return fail(task_timed_out());
        return {};
      },
      [reply = std::move(reply)](const Result<void>& outcome) mutable { reply(outcome); }, std::move(effect));
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

}  // namespace stepwell::engine
