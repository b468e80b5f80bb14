#include "services/batch/attempts.h"

#include "lang/json/documents.h"
#include "services/batch/catalog.h"
#include "services/batch/description.h"
#include "wire/arn.h"

#include <fmt/format.h>

namespace stepwell::batch {
namespace {

constexpr Duration grace = std::chrono::seconds(30);  // between SIGTERM and SIGKILL
constexpr Duration before_next_try = std::chrono::seconds(2);
constexpr Duration longest_output = std::chrono::seconds(10);  // that still comes when the container has ended

constexpr std::string_view exited = "Essential container in task exited";
constexpr std::string_view not_started = "Task failed to start";
constexpr std::string_view too_long = "Job attempt duration exceeded timeout";
// What Batch says of jobs whose machine is gone; strategies for retries look for it.
constexpr std::string_view host_gone = "Host EC2 (instance i-00000000000000000) terminated.";

bool is_engine_trouble(const Error& error) {
  return error.code == "ContainersUnavailable" || error.code == "ContainerEngineFailed";
}

Outcome refused(const Error& error, Timestamp now) {
  const std::string_view kind =
      error.code == "ImageNotFound" ? "CannotPullContainerError" : "CannotStartContainerError";
  return {.exit_code = std::nullopt,
          .stopped = now,
          .reason = fmt::format("{}: {}", kind, error.message),
          .status_reason = std::string(not_started)};
}

Duration longest(const json::Value& document) {
  const json::Value* seconds = object_of(document, "timeout").find("attemptDurationSeconds");
  return std::chrono::seconds(seconds == nullptr ? 0 : seconds->as_integer().value_or(0));
}

}  // namespace

std::uint64_t Attempts::milli_cpus_in(std::string_view account, std::string_view region,
                                      std::string_view environment) const {
  std::uint64_t sum = 0;
  for (const auto& [id, running] : running_) {
    const bool there =
        running->account == account && running->region == region && running->job.environment == environment;
    if (there) sum += running->job.milli_cpus;
  }
  return sum;
}

void Attempts::begin(Job job, std::string document) {
  auto running = std::make_shared<Running>();
  running->job = std::move(job);
  const auto queue = wire::Arn::parse(running->job.queue_arn);
  running->account = queue->account;
  running->region = queue->region;
  running->document = read_document(running->arena, document);
  running->container = container_name(running->job.id, running->job.attempt);
  if (running->job.status == Status::running) running->started = running->job.started;
  running->stopping = running->job.ending == Ending::terminated;
  running_[running->job.id] = running;
  ports_.scheduler.post([weak = weak_from_this(), running] {
    const auto self = weak.lock();
    if (!self || self->closed_) return;
    start(self->run(running), [self](const std::exception_ptr& failure) {
      if (failure) self->ports_.log.error("An attempt of a job ended with an exception; it goes on after a restart.");
    });
  });
}

void Attempts::stop(const JobId& id) {
  const auto found = running_.find(id);
  if (found == running_.end() || found->second->stopping) return;
  found->second->stopping = true;
  if (found->second->started) stop_container(found->second);
}

void Attempts::close() {
  closed_ = true;
  for (const auto& [id, running] : std::exchange(running_, {})) {
    running->deadline.reset();
    if (running->log) running->log->close();
  }
  for (auto& [number, pause] : std::exchange(pauses_, {})) pause.first.set(true);
}

Task<void> Attempts::pause(Duration duration) {
  Pending<bool> over;
  const std::uint64_t number = ++last_pause_;
  auto timer = ports_.scheduler.after(duration, [weak = weak_from_this(), number, over] {
    if (const auto self = weak.lock()) self->pauses_.erase(number);
    over.set(true);
  });
  pauses_.emplace(number, std::pair(over, std::move(timer)));
  co_await over;
}

Task<void> Attempts::run(RunningPtr running) {
  const auto self = shared_from_this();
  if (!running->started) {
    auto failed = co_await start_container(running);
    if (closed_) co_return;
    if (failed) co_return co_await finish(running, std::move(*failed));
  }
  arm_deadline(running);
  if (running->stopping) stop_container(running);
  Outcome outcome = co_await watch(running);
  if (!closed_) co_await finish(running, std::move(outcome));
}

// nullopt: it runs.
Task<std::optional<Outcome>> Attempts::start_container(RunningPtr running) {
  const std::string_view role = text_of(object_of(running->document, "container"), "jobRoleArn");
  auto surroundings = ports_.surroundings(running->job, role);
  if (!surroundings) co_return refused(surroundings.error(), ports_.clock.now());
  const auto begun =
      co_await ports_.containers.start(container_spec(running->job, running->document, *surroundings, store_name_));
  if (closed_) co_return std::nullopt;
  if (!begun) co_return refused(begun.error(), ports_.clock.now());
  while (true) {
    const auto since = co_await ports_.started(running->job.id, running->job.attempt);
    if (closed_) co_return std::nullopt;
    if (since) {
      running->started = *since;
      co_return std::nullopt;
    }
    co_await pause(before_next_try);
    if (closed_) co_return std::nullopt;
  }
}

void Attempts::arm_deadline(const RunningPtr& running) {
  const Duration bound = longest(running->document);
  if (bound == Duration{0}) return;
  const Duration left = std::max(*running->started + bound - ports_.clock.now(), Duration{0});
  running->deadline = ports_.scheduler.after(left, [weak = weak_from_this(), running_weak = std::weak_ptr(running)] {
    const auto self = weak.lock();
    const auto late = running_weak.lock();
    if (!self || !late || self->closed_ || late->stopping) return;
    late->timed_out = true;
    late->stopping = true;
    self->stop_container(late);
  });
}

void Attempts::stop_container(const RunningPtr& running) {
  ports_.scheduler.post([self = shared_from_this(), running] {
    if (self->closed_) return;
    start(self->ports_.containers.stop(running->container, grace), [self, running](const auto& stopped, const auto&) {
      if (self->closed_ || !stopped || *stopped || !self->running_.contains(running->job.id)) return;
      self->ports_.log.warning(fmt::format("The container of job {} cannot be stopped, trying again: {}",
                                           running->job.id.text(), stopped->error().message));
      start(self->pause(before_next_try), [self, running](const std::exception_ptr&) {
        if (self->running_.contains(running->job.id)) self->stop_container(running);
      });
    });
  });
}

Task<void> Attempts::follow_output(RunningPtr running, std::shared_ptr<JobLog> log) {
  const auto self = shared_from_this();
  const auto since = co_await log->open();
  if (!since) {
    ports_.log.warning(
        fmt::format("The output of job {} cannot be kept: {}", running->job.id.text(), since.error().message));
    co_return;
  }
  const auto followed = co_await ports_.containers.follow(
      running->container, *since, [log](Timestamp time, std::string_view line) { log->line(time, line); });
  if (!followed && !closed_) {
    ports_.log.warning(
        fmt::format("The output of job {} cannot be read: {}", running->job.id.text(), followed.error().message));
  }
}

void Attempts::follow(const RunningPtr& running, Pending<bool> followed) {
  auto log = std::make_shared<JobLog>(
      JobLog::Ports{.ledger = ports_.ledger,
                    .scheduler = ports_.scheduler,
                    .clock = ports_.clock,
                    .log = ports_.log,
                    .directory = ports_.directory},
      running->job.id, running->job.attempt,
      JobLog::Target{
          .caller = {.account = running->account, .region = running->region, .access_key = {}, .request_id = {}},
          .group = log_group(running->document),
          .stream = log_stream(running->document, running->job.id, running->job.attempt)});
  running->log = log;
  start(follow_output(running, log), [followed](const std::exception_ptr&) {
    if (!followed.is_set()) followed.set(true);
  });
}

// The engine may be out of reach for a while.
Task<Result<containers::End>> Attempts::wait_for(RunningPtr running) {
  while (true) {
    auto end = co_await ports_.containers.wait(running->container);
    if (end || closed_ || !is_engine_trouble(end.error())) co_return end;
    co_await pause(before_next_try);
    if (closed_) co_return end;
  }
}

Task<Outcome> Attempts::watch(RunningPtr running) {
  const Pending<bool> followed;
  follow(running, followed);
  const auto end = co_await wait_for(running);
  if (closed_) co_return Outcome{};
  const auto enough = ports_.scheduler.after(longest_output, [followed] {
    if (!followed.is_set()) followed.set(true);
  });
  co_await followed;
  if (closed_) co_return Outcome{};
  co_await running->log->flush();
  Outcome outcome{.exit_code = std::nullopt, .stopped = ports_.clock.now(), .timed_out = running->timed_out};
  if (!end) {
    outcome.status_reason = host_gone;
    co_return outcome;
  }
  outcome.exit_code = end->exit_code;
  if (end->out_of_memory) outcome.reason = "OutOfMemoryError: Container killed due to memory usage";
  outcome.status_reason = running->timed_out ? too_long : exited;
  co_return outcome;
}

// Only when the end is durable is its container forgotten.
Task<void> Attempts::finish(RunningPtr running, Outcome outcome) {
  const auto self = shared_from_this();
  running->deadline.reset();
  while (true) {
    const auto over = co_await ports_.over(running->job.id, running->job.attempt, outcome);
    if (closed_) co_return;
    if (over) break;
    co_await pause(before_next_try);
    if (closed_) co_return;
  }
  // The next attempt of the job may have begun already.
  if (const auto found = running_.find(running->job.id); found != running_.end() && found->second == running) {
    running_.erase(found);
  }
  ports_.freed();
  if (const auto removed = co_await ports_.containers.remove(running->container); !removed) {
    ports_.log.warning(
        fmt::format("A container of job {} is left behind: {}", running->job.id.text(), removed.error().message));
  }
}

Task<Result<void>> Attempts::clean_up() {
  const auto self = shared_from_this();
  CO_TRY_ASSIGN(const auto listed, co_await ports_.containers.list(std::string(store_label), store_name_));
  for (const containers::Listed& container : listed) {
    const bool needed = std::ranges::any_of(
        running_, [&container](const auto& entry) { return entry.second->container == container.name; });
    if (needed || closed_) continue;
    CO_TRY(co_await ports_.containers.stop(container.name, Duration{0}));
    CO_TRY(co_await ports_.containers.remove(container.name));
  }
  co_return Result<void>();
}

}  // namespace stepwell::batch
