#include "services/batch/conductor.h"

#include "lang/json/documents.h"
#include "services/batch/errors.h"
#include "services/batch/retry.h"
#include "store/commit.h"

#include <fmt/format.h>

namespace stepwell::batch {
namespace {

constexpr Duration after_failure = std::chrono::seconds(2);
constexpr Duration between_looks = std::chrono::minutes(10);  // at what is to be forgotten
constexpr std::size_t most_active = 10'000;

}  // namespace

Attempts::Ports Conductor::attempt_ports() {
  return {.ledger = ports_.ledger,
          .scheduler = ports_.scheduler,
          .clock = ports_.clock,
          .log = ports_.log,
          .directory = ports_.directory,
          .containers = ports_.containers,
          .surroundings = ports_.surroundings,
          .started = [this](JobId id, std::uint32_t attempt) { return attempt_started(std::move(id), attempt); },
          .over = [this](JobId id, std::uint32_t attempt,
                         Outcome outcome) { return attempt_over(std::move(id), attempt, std::move(outcome)); },
          .freed =
              [weak = weak_from_this()] {
                if (const auto self = weak.lock()) self->knock();
              }};
}

Result<void> Conductor::start() {
  attempts_ = std::make_shared<Attempts>(attempt_ports());
  TRY_ASSIGN(auto name, ports_.ledger.row(row_key(Row::self).view()));
  store_name_ = name.value_or("");
  attempts_->name_store(store_name_);
  started_ = true;
  TRY(take_up());
  if (!store_name_.empty()) clean_up();
  knock();
  return {};
}

// Where nothing has ever run, nobody is asked.
void Conductor::clean_up() {
  ports_.scheduler.post([weak = std::weak_ptr(attempts_), &log = ports_.log] {
    const auto attempts = weak.lock();
    if (!attempts) return;
    stepwell::start(attempts->clean_up(), [&log](const auto& cleaned, const std::exception_ptr&) {
      const bool failed = cleaned && !*cleaned && cleaned->error().code != "ContainersUnavailable";
      if (failed) log.warning(fmt::format("Containers of jobs are left behind: {}", cleaned->error().message));
    });
  });
}

Result<void> Conductor::take_up() {
  TRY_ASSIGN(const auto keys, ports_.ledger.rows(row_key(Row::active).view(), {}, most_active));
  for (const std::string& key : keys) {
    const auto id = read_id_key(key);
    if (!id) return fail(internal_error("A record of a job's attempt cannot be read."));
    TRY_ASSIGN(auto job, ports_.ledger.find(*id));
    TRY_ASSIGN(auto document, ports_.ledger.document(id->uuid));
    if (job && document) attempts_->begin(std::move(*job), std::move(*document));
  }
  return {};
}

void Conductor::stop() {
  started_ = false;
  alarm_.reset();
  if (attempts_) attempts_->close();
  drain();
}

void Conductor::drain() {
  for (auto& [id, waiting] : std::exchange(waiting_, {})) {
    for (const Pending<bool>& one : waiting) one.set(false);
  }
}

Task<bool> Conductor::ended(JobId id) {
  const auto job = ports_.ledger.find(id);
  if (job && (!*job || has_ended((*job)->status))) co_return true;
  Pending<bool> end;
  waiting_[id.text()].push_back(end);
  co_return co_await end;
}

Task<Result<void>> Conductor::commit(Change& change) {
  const auto self = shared_from_this();
  const std::vector<JobId> ended = change.ended();
  store::Batch batch = change.finish();
  if (batch.empty()) co_return Result<void>();
  CO_TRY(co_await store::commit(ports_.ledger.store(), ports_.scheduler, std::move(batch)));
  for (const JobId& id : ended) {
    auto waiting = waiting_.extract(id.text());
    if (waiting.empty()) continue;
    ports_.scheduler.post([waiting = std::move(waiting.mapped())] {
      for (const Pending<bool>& one : waiting) one.set(true);
    });
  }
  co_return Result<void>();
}

void Conductor::knock() {
  again_ = true;
  if (running_ || !started_) return;
  running_ = true;
  ports_.scheduler.post([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    stepwell::start(self->run(), [self](const auto& done, const std::exception_ptr& failure) {
      self->running_ = false;
      if (!self->started_) return;
      const bool good = failure == nullptr && done && *done;
      if (!good) self->ports_.log.warning("Jobs cannot go on, trying again.");
      self->arm(good ? between_looks : after_failure);
      if (good && self->again_) self->knock();
    });
  });
}

void Conductor::arm(Duration delay) {
  alarm_ = ports_.scheduler.after(delay, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->knock();
  });
}

Task<Result<void>> Conductor::run() {
  const auto self = shared_from_this();
  while (again_ && started_) {
    again_ = false;
    CO_TRY_ASSIGN(const bool worked, co_await do_tasks());
    CO_TRY(co_await close_queues());
    CO_TRY(co_await fill());
    CO_TRY(co_await forget_old());
    again_ = again_ || worked;
  }
  co_return Result<void>();
}

Task<Result<Timestamp>> Conductor::attempt_started(JobId id, std::uint32_t attempt) {
  const auto self = shared_from_this();
  const auto lock = co_await changes_.lock();
  Change change(ports_.ledger, ports_.events, ports_.clock.now());
  CO_TRY_ASSIGN(Job* const job, change.find(id));
  if (job == nullptr || job->status != Status::starting || job->attempt != attempt) co_return change.now();
  job->started = change.now();
  CO_TRY(change.move(*job, Status::running));
  CO_TRY(co_await commit(change));
  co_return change.now();
}

Task<Result<void>> Conductor::attempt_over(JobId id, std::uint32_t attempt, Outcome outcome) {
  const auto self = shared_from_this();
  const auto lock = co_await changes_.lock();
  Change change(ports_.ledger, ports_.events, ports_.clock.now());
  CO_TRY_ASSIGN(Job* const job, change.find(id));
  if (job == nullptr || !is_active(job->status) || job->attempt != attempt) co_return Result<void>();
  const bool terminated = job->ending != Ending::none;
  job->attempts.push_back({.started = job->status == Status::running ? job->started : std::nullopt,
                           .stopped = outcome.stopped,
                           .exit_code = outcome.exit_code,
                           .reason = std::move(outcome.reason),
                           .status_reason = terminated ? job->ending_reason : std::move(outcome.status_reason)});
  const Attempt last = job->attempts.back();
  CO_TRY_ASSIGN(const json::Value document, change.document(id.uuid));
  const bool good = outcome.exit_code == 0 && !outcome.timed_out && !terminated;
  const bool again = !good && !outcome.timed_out && !terminated &&
                     is_retried(object_of(document, "retryStrategy"), job->attempt, last);
  if (again) {
    job->reason = last.status_reason;
    job->place = next_place();
    CO_TRY(change.move(*job, Status::runnable));
  } else {
    CO_TRY(change.end(*job, good ? Status::succeeded : Status::failed, last.status_reason));
  }
  CO_TRY(co_await commit(change));
  knock();
  co_return Result<void>();
}

}  // namespace stepwell::batch
