#include "services/scheduler/ticker.h"

#include "lang/json/parse.h"
#include "services/scheduler/documents.h"
#include "services/scheduler/invocation.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::scheduler {
namespace {

constexpr std::size_t piece = 64;                             // schedules of one commit
constexpr Duration longest_sleep = std::chrono::minutes(10);  // clocks may jump
constexpr Duration between_failures = std::chrono::seconds(5);

}  // namespace

void Ticker::start() {
  started_ = true;
  tick();
}

void Ticker::stop() {
  started_ = false;
  alarm_.reset();
}

void Ticker::expect(Timestamp at) {
  if (started_ && !running_ && (!alarm_at_ || at < *alarm_at_)) arm(at);
}

void Ticker::arm(Timestamp at) {
  alarm_at_ = at;
  const Duration wait = std::clamp(at - ports_.clock.now(), Duration{0}, longest_sleep);
  alarm_ = ports_.scheduler.after(wait, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->tick();
  });
}

void Ticker::tick() {
  alarm_.reset();
  if (running_ || !started_) return;
  running_ = true;
  stepwell::start(run_due(), [self = shared_from_this()](const auto& next, const std::exception_ptr& failure) {
    self->running_ = false;
    if (!self->started_) return;
    const bool good = next && *next && failure == nullptr;
    if (!good) self->ports_.log.warning("Schedules could not be run, trying again.");
    self->arm(good ? **next : self->ports_.clock.now() + between_failures);
  });
}

// When to look again.
Task<Result<Timestamp>> Ticker::run_due() {
  const auto self = shared_from_this();
  while (started_) {
    const auto lock = co_await ports_.book.changes().lock();
    const Timestamp now = ports_.clock.now();
    CO_TRY_ASSIGN(const Book::Due due, ports_.book.due(now, piece));
    if (due.timers.empty()) co_return due.next.value_or(now + longest_sleep);
    store::Batch batch;
    for (const Timer& timer : due.timers) CO_TRY(run(timer, now, batch));
    CO_TRY(co_await ports_.book.commit(std::move(batch)));
  }
  co_return ports_.clock.now() + longest_sleep;
}

Result<void> Ticker::run(const Timer& timer, Timestamp now, store::Batch& batch) {
  TRY_ASSIGN(const auto before, ports_.book.find(timer.schedule_key));
  if (!before || !before->next || before->next->at != timer.at) {
    batch.erase(store::Table::schedule_timer, timer_key(timer.at, timer.schedule_key));
    return {};
  }
  json::Arena arena;
  const auto document = json::parse(arena, before->document);
  if (!document) return fail(internal_error(fmt::format("Schedule {} cannot be read.", before->place.name)));
  const json::Value target = object_of(*document, "Target");
  auto delivery = delivery_of({.arena = arena,
                               .directory = ports_.directory,
                               .place = before->place,
                               .target = target,
                               .due = before->next->due,
                               .id = make_uuid(ports_.random)});
  if (delivery) {
    TRY(ports_.deliveries.add(std::move(*delivery), batch));
  } else {
    ports_.log.warning(
        fmt::format("Schedule {} has run without effect: {}", before->place.arn(), delivery.error().message));
  }
  Schedule schedule = *before;
  // What is long overdue is made up for once.
  schedule.next = ports_.timing.next(*document, std::max(now, before->next->due));
  if (!schedule.next && text_of(*document, "ActionAfterCompletion") == "DELETE") {
    Book::erase(*before, batch);
  } else {
    Book::put(&*before, schedule, batch);
  }
  return {};
}

}  // namespace stepwell::scheduler
