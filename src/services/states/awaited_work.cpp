#include "services/states/awaited_work.h"

#include "base/http_client.h"
#include "lang/json/parse.h"
#include "store/codec.h"
#include "wire/arn.h"

#include <fmt/format.h>

namespace stepwell::states {
namespace {

using engine::NestedRow;
using engine::TaskRef;

constexpr Duration first_pause{1'000};  // between questions to services elsewhere
constexpr Duration longest_pause{30'000};

// What stopped work shows, in AWS's words.
std::string cause_of_stop(std::string_view execution_arn) {
  return fmt::format("The Task state in AWS Step Functions execution [{}] which was managing this resource was aborted",
                     execution_arn);
}

// Asking again may help.
bool is_passing(const Error& error) {
  return error.fault == Fault::server || http::is_unanswered(error) || error.status >= 500 ||
         error.code.find("Throttl") != std::string::npos || error.code == "TooManyRequestsException";
}

}  // namespace

std::optional<engine::AwaitedWork> AwaitedWork::note(const engine::RunTask& task, const std::string& submission,
                                                     store::Batch& batch) {
  const WorkKind* kind = find_work(task.resource->service);
  if (kind == nullptr || !engine::waits_for_end(task.resource->pattern)) return std::nullopt;
  json::Arena arena;
  const auto value = json::parse(arena, submission);
  std::string arn = value ? kind->arn_of(*value) : std::string();
  if (arn.empty()) return std::nullopt;
  engine::AwaitedWork work{.task = task.task, .service = std::string(kind->service), .arn = std::move(arn)};
  batch.put(store::Table::nested_execution, engine::nested_key(NestedRow::work, work.task),
            engine::work_value(work.service, work.arn));
  return work;
}

// The engine and the store are called from the loop, never from within their own calls.
void AwaitedWork::later(std::move_only_function<void(AwaitedWork&)> action) {
  if (closed_) return;
  states_.scheduler.post([weak = weak_from_this(), action = std::move(action)]() mutable {
    const auto self = weak.lock();
    if (self && !self->closed_) action(*self);
  });
}

void AwaitedWork::submitted(engine::AwaitedWork work) {
  later([work = std::move(work)](AwaitedWork& self) mutable {
    start(self.wait(std::move(work)), [](const std::exception_ptr&) {});
  });
}

void AwaitedWork::unwanted(engine::AwaitedWork work) {
  later([work = std::move(work)](AwaitedWork& self) mutable {
    start(self.stop_work(std::move(work)), [](const auto&, const std::exception_ptr&) {});
  });
}

Pending<bool>* AwaitedWork::arm(const TaskRef& task) {
  const auto found = waiting_.find(task);
  if (closed_ || found == waiting_.end()) return nullptr;
  found->second.woken = Pending<bool>();
  return &found->second.woken;
}

// False: the task does not wait any longer.
Task<bool> AwaitedWork::ended(const engine::AwaitedWork& work) {
  const Pending<bool>* armed = arm(work.task);
  directory::Service* service = states_.directory.find(work.service);
  if (armed == nullptr || service == nullptr) co_return armed != nullptr;
  const Pending<bool> woken = *armed;
  // A service tells so as it goes, too: nothing is asked of it from within that.
  start(service->ended(work.arn), [weak = weak_from_this(), woken](const auto&, const std::exception_ptr&) {
    const auto self = weak.lock();
    if (!self) return;
    self->later([woken](AwaitedWork&) {
      if (!woken.is_set()) woken.set(true);
    });
  });
  co_return co_await woken;
}

Task<bool> AwaitedWork::pause(const TaskRef& task, Duration duration) {
  const Pending<bool>* armed = arm(task);
  if (armed == nullptr) co_return false;
  const Pending<bool> woken = *armed;
  waiting_.at(task).pause = states_.scheduler.after(duration, [woken] {
    if (!woken.is_set()) woken.set(true);
  });
  co_return co_await woken;
}

Task<void> AwaitedWork::wait(engine::AwaitedWork work) {
  const auto self = shared_from_this();
  if (!waiting_.try_emplace(work.task).second) co_return;
  const WorkKind* kind = find_work(work.service);
  for (Duration rest = first_pause; kind != nullptr; rest = std::min(rest * 2, longest_pause)) {
    if (!co_await ended(work)) co_return;
    auto caller = caller_for(work);
    auto outcome = caller ? co_await kind->look({states_.directory, std::move(*caller), work.arn})
                          : Result<std::optional<TaskOutcome>>(fail(caller.error()));
    if (closed_ || !waiting_.contains(work.task)) co_return;
    if (outcome && *outcome) co_return answer(work, std::move(**outcome));
    if (!outcome && !is_passing(outcome.error())) {
      co_return answer(work, std::unexpected(TaskFailure{"States.TaskFailed", outcome.error().message}));
    }
    if (!co_await pause(work.task, rest)) co_return;
  }
}

void AwaitedWork::answer(const engine::AwaitedWork& work, TaskOutcome outcome) {
  engine::Shard& shard = states_.engine->shard(work.task.execution);
  auto reply = [weak = weak_from_this(), work](const Result<void>& result) {
    if (const auto self = weak.lock()) self->later([work, result](AwaitedWork& on) { on.answered(work, result); });
  };
  if (outcome) {
    shard.complete_task(work.task, std::move(*outcome), std::move(reply));
  } else {
    shard.fail_task(work.task, std::move(outcome.error().error), std::move(outcome.error().cause), std::move(reply));
  }
}

// The commit that answers the task takes its row away; a task that takes no answer any more leaves it.
void AwaitedWork::answered(const engine::AwaitedWork& work, const Result<void>& result) {
  waiting_.erase(work.task);
  if (result) return;
  if (result.error().fault == Fault::server) {
    log_.warning(fmt::format("The end of {} has to wait for the store: {}", work.arn, result.error().message));
    const auto [waiting, is_new] = waiting_.try_emplace(work.task);
    waiting->second.pause = states_.scheduler.after(first_pause, [weak = weak_from_this(), work] {
      const auto self = weak.lock();
      if (!self || self->closed_) return;
      self->waiting_.erase(work.task);
      start(self->wait(work), [](const std::exception_ptr&) {});
    });
    return;
  }
  store::Batch batch;
  batch.erase(store::Table::nested_execution, engine::nested_key(NestedRow::work, work.task));
  // Where that is lost, it is done again after the next start.
  states_.store.commit(std::move(batch), [](const Result<void>&) {});
}

Result<wire::Caller> AwaitedWork::caller_for(const engine::AwaitedWork& work) const {
  const auto arn = wire::Arn::parse(work.arn);
  if (!arn) return fail(internal_error("A task waits for work that has no ARN."));
  return wire::Caller{
      .account = std::string(arn->account), .region = std::string(arn->region), .access_key = {}, .request_id = {}};
}

Task<Result<void>> AwaitedWork::stop_work(engine::AwaitedWork work) {
  const auto self = shared_from_this();
  const WorkKind* kind = find_work(work.service);
  if (kind == nullptr) co_return Result<void>();
  CO_TRY_ASSIGN(const auto view, states_.queries.describe(work.task.execution));
  const std::string execution = view ? engine::execution_arn(view->record.machine_arn, view->record.name) : "";
  CO_TRY_ASSIGN(wire::Caller caller, caller_for(work));
  const auto stopped = co_await kind->stop({states_.directory, std::move(caller), work.arn}, cause_of_stop(execution));
  // What is not there any more need not be stopped.
  if (!stopped && is_passing(stopped.error())) co_return fail(stopped.error());
  co_return Result<void>();
}

void AwaitedWork::stop(const TaskRef& task, Stopped done) {
  const std::string key = engine::nested_key(NestedRow::work, task);
  const auto value = states_.store.get(store::Table::nested_execution, key);
  if (!value) return done(fail(value.error()));
  auto work = *value ? engine::read_work(key, **value) : std::nullopt;
  if (!work) return done({});
  if (auto waiting = waiting_.extract(task); !waiting.empty()) {
    if (!waiting.mapped().woken.is_set()) waiting.mapped().woken.set(false);
  }
  start(stop_work(std::move(*work)), [done = std::move(done)](const auto& stopped, const std::exception_ptr& failure) {
    done(failure == nullptr ? *stopped : fail(internal_error("Work could not be stopped.")));
  });
}

Result<void> AwaitedWork::take_up() {
  const std::string prefix = engine::nested_prefix(NestedRow::work);
  const auto cursor =
      states_.store.scan(store::Table::nested_execution, prefix, store::prefix_end(prefix), store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    auto work = engine::read_work(cursor->key(), cursor->value());
    if (!work) return fail(internal_error("A record of work that a task waits for cannot be read."));
    submitted(std::move(*work));
  }
  return cursor->status();
}

void AwaitedWork::close() {
  closed_ = true;
  for (auto& [task, waiting] : std::exchange(waiting_, {})) {
    if (!waiting.woken.is_set()) waiting.woken.set(false);
  }
}

}  // namespace stepwell::states
