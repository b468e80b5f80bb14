#include "services/lambda/events.h"

#include "services/lambda/destinations.h"
#include "services/lambda/errors.h"
#include "services/lambda/event_codec.h"
#include "store/codec.h"
#include "store/commit.h"

namespace stepwell::lambda {
namespace {

using store::Table;

constexpr std::uint32_t usual_retries = 2;
constexpr Duration throttled_retry{1'000};

std::string event_key(std::string_view request_id) { return store::KeyWriter().text(request_id).take(); }

}  // namespace

// Payloads stay in the store: in memory is one entry for each event, by its request id.
struct Events::State : std::enable_shared_from_this<State> {
  struct Queue {
    std::deque<std::string> due;  // request ids
    std::size_t running = 0;
  };

  State(const Ports& all_ports, const Limits& all_limits) : ports(all_ports), limits(all_limits) {}

  Result<void> take_up();
  void enqueue(const std::string& arn, std::string request_id);
  void wait(const std::string& arn, const std::string& request_id, Timestamp due);
  void begin(const std::string& arn);
  static Task<void> attempt(std::shared_ptr<State> self, std::string arn, std::string request_id);
  Task<void> settle(EventRecord event, Result<Outcome> outcome);
  Task<void> retry(EventRecord event, Duration delay);
  Task<void> end(EventRecord event, Result<Outcome> outcome, EventConfig config, Condition condition);
  EventConfig config_of(const std::string& arn) const;
  void tell(const EventConfig& config, const Ending& ending, store::Batch& batch);
  Result<std::optional<EventRecord>> read(std::string_view request_id) const;

  const Ports ports;
  const Limits limits;
  bool closed = false;
  std::size_t events = 0;                                          // that are not over
  std::unordered_map<std::string, Queue> queues;                   // by function, where there is one
  std::unordered_map<std::string, std::unique_ptr<Timer>> timers;  // by request id
};

Result<std::unique_ptr<Events>> Events::open(const Ports& ports, const Limits& limits) {
  const auto state = std::make_shared<State>(ports, limits);
  TRY(state->take_up());
  return std::unique_ptr<Events>(new Events(state));
}

Events::~Events() { close(); }

void Events::close() {
  state_->closed = true;
  state_->timers.clear();
  state_->queues.clear();
}

Result<void> Events::State::take_up() {
  const auto cursor = ports.store.scan(Table::function_event, {}, {}, store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    const std::string request_id = store::KeyReader(cursor->key()).text();
    const auto event = decode_event(request_id, cursor->value());
    if (!event) return fail(internal_error(fmt::format("The record of event {} cannot be read.", request_id)));
    ++events;
    wait(event->arn, request_id, event->due);
  }
  return cursor->status();
}

Result<void> Events::add(const std::string& arn, Invocation invocation, store::Batch& batch) {
  if (state_->events >= state_->limits.max_events) return fail(errors::too_many_requests());
  const Timestamp now = state_->ports.clock.now();
  std::string request_id = invocation.request_id;
  const EventRecord event{.arn = arn, .invocation = std::move(invocation), .accepted = now, .due = now};
  batch.put(Table::function_event, event_key(request_id), encode(event));
  batch.then([weak = std::weak_ptr(state_), &scheduler = state_->ports.scheduler, arn,
              id = std::move(request_id)](const Result<void>& durable) mutable {
    if (!durable) return;
    scheduler.post([weak = std::move(weak), arn = std::move(arn), id = std::move(id)]() mutable {
      const auto state = weak.lock();
      if (state == nullptr || state->closed) return;
      ++state->events;
      state->enqueue(arn, std::move(id));
    });
  });
  return {};
}

Task<Result<void>> Events::accept(std::string arn, Invocation invocation) {
  store::Batch batch;
  CO_TRY(add(arn, std::move(invocation), batch));
  co_return co_await store::commit(state_->ports.store, state_->ports.scheduler, std::move(batch));
}

void Events::State::enqueue(const std::string& arn, std::string request_id) {
  if (closed) return;
  queues[arn].due.push_back(std::move(request_id));
  begin(arn);
}

void Events::State::wait(const std::string& arn, const std::string& request_id, Timestamp due) {
  if (closed) return;
  const Duration delay = std::max(due - ports.clock.now(), Duration::zero());
  timers[request_id] = ports.scheduler.after(delay, [this, arn, request_id] {
    const auto timer = timers.extract(request_id);
    enqueue(arn, request_id);
  });
}

// As many of a function at once as it may have processes: the others wait here and not among the callers.
void Events::State::begin(const std::string& arn) {
  const auto queue = queues.find(arn);
  while (!queue->second.due.empty() && queue->second.running < limits.max_processes_each) {
    std::string request_id = std::move(queue->second.due.front());
    queue->second.due.pop_front();
    ++queue->second.running;
    // Each begins from the loop, so that none is in the middle of another's work.
    ports.scheduler.post([self = shared_from_this(), arn, request_id = std::move(request_id)]() mutable {
      if (self->closed) return;
      auto& log = self->ports.log;
      start(attempt(self, arn, std::move(request_id)), [&log](std::exception_ptr failure) {
        if (failure) log.error("An asynchronous invocation ended with an exception; it is run again after a restart.");
      });
    });
  }
  if (queue->second.due.empty() && queue->second.running == 0) queues.erase(queue);
}

Task<void> Events::State::attempt(std::shared_ptr<State> self, std::string arn, std::string request_id) {
  auto event = self->read(request_id);
  if (event && *event) {
    Invocation invocation = (*event)->invocation;
    Result<Outcome> outcome = co_await self->ports.runner.run(arn, std::move(invocation));
    if (!self->closed) co_await self->settle(*std::move(*event), std::move(outcome));
  } else if (!event) {
    self->ports.log.error(fmt::format("The event {} cannot be read: {}", request_id, event.error().message));
  }
  if (self->closed) co_return;
  --self->queues.at(arn).running;
  self->begin(arn);
}

Result<std::optional<EventRecord>> Events::State::read(std::string_view request_id) const {
  TRY_ASSIGN(const auto value, ports.store.get(Table::function_event, event_key(request_id)));
  if (!value) return std::nullopt;
  auto event = decode_event(request_id, *value);
  if (!event) return fail(internal_error("The record is damaged."));
  return event;
}

EventConfig Events::State::config_of(const std::string& arn) const {
  auto config = ports.configs.find(arn);
  if (config) return std::move(*config).value_or(EventConfig{});
  ports.log.error(config.error().message);
  return {};
}

Task<void> Events::State::settle(EventRecord event, Result<Outcome> outcome) {
  const bool succeeded = outcome && outcome->kind == Outcome::Kind::success;
  const bool is_gone = !outcome && outcome.error().code == "ResourceNotFoundException";
  EventConfig config = config_of(event.arn);
  const Duration max_age =
      config.max_age_seconds ? std::chrono::seconds(*config.max_age_seconds) : limits.max_event_age;
  const bool too_old = ports.clock.now() - event.accepted > max_age;
  if (!outcome && outcome.error().code == "TooManyRequestsException" && !too_old) {
    co_return co_await retry(std::move(event), throttled_retry);
  }
  ++event.attempts;
  if (!succeeded && event.attempts <= config.max_retries.value_or(usual_retries) && !is_gone && !too_old) {
    co_return co_await retry(event, event.attempts == 1 ? limits.first_event_retry : limits.second_event_retry);
  }
  if (!succeeded) {
    ports.log.warning(fmt::format("The event {} of {} has failed {} times and is given up.",
                                  event.invocation.request_id, event.arn, event.attempts));
  }
  const Condition failed = too_old ? Condition::event_age_exceeded : Condition::retries_exhausted;
  co_await end(std::move(event), std::move(outcome), std::move(config), succeeded ? Condition::success : failed);
}

Task<void> Events::State::retry(EventRecord event, Duration delay) {
  event.due = ports.clock.now() + delay;
  store::Batch batch;
  batch.put(Table::function_event, event_key(event.invocation.request_id), encode(event));
  const auto durable = co_await store::commit(ports.store, ports.scheduler, std::move(batch));
  if (!durable) ports.log.error(fmt::format("An event's retry is not recorded: {}", durable.error().message));
  wait(event.arn, event.invocation.request_id, event.due);
}

void Events::State::tell(const EventConfig& config, const Ending& ending, store::Batch& batch) {
  const auto function = ports.functions.find(ending.event.arn);
  if (!function || *function == nullptr) return;
  const auto told = tell_destinations(ports.deliveries, **function, config, ending, batch);
  if (!told) ports.log.error(fmt::format("An event's end is not told: {}", told.error().message));
}

Task<void> Events::State::end(EventRecord event, Result<Outcome> outcome, EventConfig config, Condition condition) {
  store::Batch batch;
  batch.erase(Table::function_event, event_key(event.invocation.request_id));
  tell(config, {.event = event, .outcome = outcome, .condition = condition, .at = ports.clock.now()}, batch);
  const auto durable = co_await store::commit(ports.store, ports.scheduler, std::move(batch));
  if (!durable) ports.log.error(fmt::format("An event's end is not recorded: {}", durable.error().message));
  --events;
}

}  // namespace stepwell::lambda
