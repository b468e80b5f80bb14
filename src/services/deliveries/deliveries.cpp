#include "services/deliveries/deliveries.h"

#include "services/deliveries/dead_letters.h"
#include "services/deliveries/lanes.h"
#include "services/deliveries/outcome.h"
#include "services/deliveries/retries.h"
#include "services/deliveries/row.h"
#include "services/deliveries/sender.h"
#include "store/commit.h"

#include <utility>

#include <fmt/format.h>

namespace stepwell::deliveries {
namespace {

using store::Table;

// After a commit that failed: the store may take commits again then.
constexpr Duration pause_after_failure{5'000};

// One more in the course of the effects of one delivery, which are all made within it.
class Deeper {
 public:
  Deeper(std::uint32_t& depth, std::uint32_t to) : depth_(depth), before_(std::exchange(depth, to)) {}
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
  ~Deeper() { depth_ = before_; }

 private:
  std::uint32_t& depth_;
  const std::uint32_t before_;
};

Error too_deep(std::uint32_t depth) {
  return {.code = "DeliveryLoop",
          .message = fmt::format("More than {} deliveries have caused one another: they may go in a circle.", depth)};
}

}  // namespace

struct Deliveries::State : std::enable_shared_from_this<State> {
  State(const Ports& all_ports, const Limits& all_limits)
      : ports(all_ports),
        limits(all_limits),
        sender(ports.directory, ports.client),
        lanes(ports.store, ports.scheduler, ports.clock,
              {.taken = limits.running_each, .read_ahead = limits.read_ahead_each}, [this] { wake(); }) {}

  Result<void> add(Row row, store::Batch& batch);
  Result<void> fold_or_give_up(Row& row, store::Batch& batch);
  void keep(const Row& row, Timestamp due, store::Batch& batch);
  Result<void> give_up(const Row& row, const Failure& failure, store::Batch& batch);
  Place new_place(const std::string& target, Timestamp due);

  void wake();
  void pump();
  Result<std::optional<Row>> read(json::Arena& arena, const std::string& key) const;
  static Task<void> attempt(std::shared_ptr<State> self, Lanes::Taken taken);
  Task<Result<void>> carry_out(const Lanes::Taken& taken, Row row);
  Task<Result<void>> settle(const Lanes::Taken& taken, Row row, Result<void> outcome);
  std::optional<Failure> failure_of(const Row& row, const Error& error, std::optional<Duration> delay) const;

  const Ports ports;
  const Limits limits;
  Sender sender;
  Lanes lanes;
  bool started = false;
  bool closed = false;
  bool is_woken = false;
  std::size_t running = 0;
  std::uint32_t depth = 0;  // of the delivery whose effect is being made
  std::uint64_t last_serial = 0;
};

Deliveries::Deliveries(const Ports& ports, const Limits& limits) : state_(std::make_shared<State>(ports, limits)) {}
Deliveries::~Deliveries() { state_->closed = true; }

void Deliveries::use(Connections& connections) { state_->sender.use(connections); }
std::size_t Deliveries::running() const { return state_->running; }
std::size_t Deliveries::targets() const { return state_->lanes.size(); }

Result<void> Deliveries::start() {
  state_->started = true;
  return state_->lanes.open();
}

Result<void> Deliveries::add(Delivery delivery, store::Batch& batch) {
  State& state = *state_;
  return state.add({.delivery = std::move(delivery),
                    .request_id = make_uuid(state.ports.random),
                    .depth = state.depth,
                    .added = state.ports.clock.now()},
                   batch);
}

Result<void> Deliveries::State::add(Row row, store::Batch& batch) {
  if (row.depth >= limits.depth) return give_up(row, {.error = too_deep(limits.depth)}, batch);
  if (batch.bytes() < limits.batch_bytes) return fold_or_give_up(row, batch);
  keep(row, row.added, batch);
  return {};
}

// What cannot be folded, and what may succeed later, is kept.
Result<void> Deliveries::State::fold_or_give_up(Row& row, store::Batch& batch) {
  const Deeper deeper(depth, row.depth + 1);
  const auto folded = sender.fold(row.delivery, row.request_id, batch);
  if (folded) return {};
  if (is_final(folded.error())) return give_up(row, {.error = folded.error()}, batch);
  keep(row, row.added, batch);
  return {};
}

Place Deliveries::State::new_place(const std::string& target, Timestamp due) {
  const auto now = static_cast<std::uint64_t>(ports.clock.now().time_since_epoch().count());
  last_serial = std::max(last_serial + 1, now << 20U);
  return {.target = target, .due = due, .serial = last_serial};
}

void Deliveries::State::keep(const Row& row, Timestamp due, store::Batch& batch) {
  const Place place = new_place(row.delivery.target, due);
  std::string key = row_key(place);
  batch.put(Table::delivery, key, encode(row));
  batch.then([self = weak_from_this(), &scheduler = ports.scheduler, target = place.target,
              key = std::move(key)](const Result<void>& durable) mutable {
    if (!durable) return;
    scheduler.post([self = std::move(self), target = std::move(target), key = std::move(key)] {
      const auto state = self.lock();
      if (state != nullptr && state->started && !state->closed) state->lanes.arrived(target, key);
    });
  });
}

Result<void> Deliveries::State::give_up(const Row& row, const Failure& failure, store::Batch& batch) {
  const Delivery& delivery = row.delivery;
  json::Arena arena;
  auto letter = delivery.dead_letter ? to_dead_letter_queue(arena, delivery, failure) : std::nullopt;
  if (!letter) {
    ports.log.warning(fmt::format("A delivery of {} to {} is given up: {}", delivery.source_arn, delivery.target,
                                  failure.error.message));
    return {};
  }
  // The queue is no further step of a circle.
  return add({.delivery = std::move(*letter), .request_id = make_uuid(ports.random), .added = ports.clock.now()},
             batch);
}

void Deliveries::State::wake() {
  if (std::exchange(is_woken, true)) return;
  ports.scheduler.post([self = weak_from_this()] {
    const auto state = self.lock();
    if (state == nullptr || state->closed) return;
    state->is_woken = false;
    state->pump();
  });
}

void Deliveries::State::pump() {
  while (running < limits.running) {
    auto taken = lanes.take();
    if (!taken) return ports.log.error(fmt::format("Deliveries cannot be read: {}", taken.error().message));
    if (!*taken) return;
    ++running;
    stepwell::start(attempt(shared_from_this(), **std::move(taken)), [&log = ports.log](std::exception_ptr failure) {
      if (failure) log.error("A delivery ended with an exception; it is made again after a restart.");
    });
  }
}

Result<std::optional<Row>> Deliveries::State::read(json::Arena& arena, const std::string& key) const {
  TRY_ASSIGN(const auto value, ports.store.get(Table::delivery, key));
  if (!value) return std::nullopt;
  auto row = decode_row(arena, *decode_place(key), *value);
  if (!row) return fail(internal_error("The record is damaged."));
  return row;
}

Task<void> Deliveries::State::attempt(std::shared_ptr<State> self, Lanes::Taken taken) {
  json::Arena arena;
  auto row = self->read(arena, taken.key);
  Result<void> done;
  if (!row)
    done = fail(row.error());
  else if (*row)
    done = co_await self->carry_out(taken, **std::move(row));
  if (self->closed) co_return;
  --self->running;
  if (done) co_return self->lanes.done(taken);
  self->ports.log.error(
      fmt::format("The outcome of a delivery to {} is not recorded: {}", taken.target, done.error().message));
  self->lanes.put_off(taken, self->ports.clock.now() + pause_after_failure);
}

// What can be folded goes into the commit that erases the row.
Task<Result<void>> Deliveries::State::carry_out(const Lanes::Taken& taken, Row row) {
  store::Batch batch;
  batch.erase(Table::delivery, taken.key);
  Result<void> outcome;
  {
    const Deeper deeper(depth, row.depth + 1);
    outcome = sender.fold(row.delivery, row.request_id, batch);
  }
  if (outcome) co_return co_await store::commit(ports.store, ports.scheduler, std::move(batch));
  if (outcome.error().code == directory::not_foldable) {
    outcome = co_await sender.send(row.delivery, row.request_id);
    if (closed) co_return Result<void>{};
  }
  co_return co_await settle(taken, std::move(row), std::move(outcome));
}

// Why there is no further attempt; nullopt: there is one, after the delay.
std::optional<Failure> Deliveries::State::failure_of(const Row& row, const Error& error,
                                                     std::optional<Duration> delay) const {
  Failure failure{.error = error, .retries = row.attempts};
  if (is_final(error)) return failure;
  const Duration max_age = row.delivery.retries.max_age;
  const bool is_old = max_age.count() > 0 && ports.clock.now() + delay.value_or(Duration{0}) - row.added > max_age;
  if (delay && !is_old) return std::nullopt;
  failure.exhausted = delay ? Failure::Exhausted::age : Failure::Exhausted::attempts;
  return failure;
}

Task<Result<void>> Deliveries::State::settle(const Lanes::Taken& taken, Row row, Result<void> outcome) {
  store::Batch batch;
  batch.erase(Table::delivery, taken.key);
  if (!outcome) {
    const auto delay = delay_before(row.delivery.retries, row.attempts, ports.random);
    if (const auto failure = failure_of(row, outcome.error(), delay)) {
      CO_TRY(give_up(row, *failure, batch));
    } else {
      ++row.attempts;
      keep(row, ports.clock.now() + *delay, batch);
    }
  }
  co_return co_await store::commit(ports.store, ports.scheduler, std::move(batch));
}

}  // namespace stepwell::deliveries
