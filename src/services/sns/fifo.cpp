#include "services/sns/fifo.h"

#include "store/codec.h"
#include "store/commit.h"

#include <unordered_map>
#include <utility>

#include <fmt/format.h>

namespace stepwell::sns {
namespace {

using store::Table;

constexpr std::chrono::minutes interval{5};
constexpr std::size_t max_expired = 10'000;  // by one batch

std::uint64_t millis(Timestamp time) { return static_cast<std::uint64_t>(time.time_since_epoch().count()); }

std::string until_key(Timestamp until, std::string_view key) {
  std::string made = store::KeyWriter().u64(millis(until)).take();
  return made.append(key);
}

}  // namespace

struct Fifo::State {
  struct UnderWay {
    Taken taken;
    std::uint64_t id = 0;
  };

  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  std::unordered_map<std::string, UnderWay> under_way = {};  // by key
  std::uint64_t last_sequence = 0;
  std::uint64_t last_id = 0;
};

// Held by the batch: when that is durable, has failed or is thrown away, the message is no longer under way.
class Fifo::Reservation {
 public:
  Reservation(std::weak_ptr<State> state, Scheduler& scheduler, std::string key, std::uint64_t id)
      : state_(std::move(state)), scheduler_(&scheduler), key_(std::move(key)), id_(id) {}
  Reservation(Reservation&& other) noexcept
      : state_(std::move(other.state_)),
        scheduler_(std::exchange(other.scheduler_, nullptr)),
        key_(std::move(other.key_)),
        id_(other.id_) {}
  Reservation& operator=(Reservation&&) = delete;
  ~Reservation() {
    if (scheduler_ == nullptr) return;
    scheduler_->post([weak = std::move(state_), key = std::move(key_), id = id_] {
      const auto state = weak.lock();
      if (state == nullptr) return;
      const auto found = state->under_way.find(key);
      if (found != state->under_way.end() && found->second.id == id) state->under_way.erase(found);
    });
  }

 private:
  std::weak_ptr<State> state_;
  Scheduler* scheduler_;
  std::string key_;
  std::uint64_t id_;
};

Fifo::Fifo(store::Store& store, Scheduler& scheduler, Clock& clock)
    : state_(std::make_shared<State>(store, scheduler, clock)) {}
Fifo::~Fifo() = default;

std::string Fifo::next_sequence() {
  std::uint64_t& last = state_->last_sequence;
  last = std::max(last + 1, millis(state_->clock.now()) << 20U);
  return fmt::format("1{:019}", last);
}

Result<std::optional<Taken>> Fifo::find(const std::string& key) const {
  if (const auto found = state_->under_way.find(key); found != state_->under_way.end()) return found->second.taken;
  TRY_ASSIGN(const auto value, state_->store.get(Table::sns_taken, key));
  if (!value) return std::nullopt;
  auto taken = decode_taken(*value);
  if (!taken) return fail(internal_error("The record of a message cannot be read."));
  if (taken->until <= state_->clock.now()) return std::nullopt;
  return taken;
}

void Fifo::take(const std::string& key, Taken taken, store::Batch& batch) {
  taken.until = state_->clock.now() + interval;
  batch.put(Table::sns_taken, key, encode(taken));
  batch.put(Table::sns_taken_until, until_key(taken.until, key), {});
  const std::uint64_t id = ++state_->last_id;
  state_->under_way.insert_or_assign(key, State::UnderWay{std::move(taken), id});
  batch.then([held = Reservation(state_, state_->scheduler, key, id)](const Result<void>&) {});
}

Task<Result<void>> Fifo::expire() {
  const auto state = state_;
  while (true) {
    const Timestamp now = state->clock.now();
    const std::string end = store::KeyWriter().u64(millis(now) + 1).take();
    const auto cursor = state->store.scan(Table::sns_taken_until, {}, end, store::Direction::forward);
    store::Batch batch;
    for (; cursor->valid() && batch.operations() < max_expired; cursor->next()) {
      batch.erase(Table::sns_taken_until, cursor->key());
      const std::string_view key = cursor->key().substr(sizeof(std::uint64_t));
      CO_TRY_ASSIGN(const auto value, state->store.get(Table::sns_taken, key));
      const auto taken = value ? decode_taken(*value) : std::nullopt;
      // It may have been taken again since.
      if (taken && taken->until <= now) batch.erase(Table::sns_taken, key);
    }
    CO_TRY(cursor->status());
    if (batch.empty()) co_return Result<void>{};
    CO_TRY(co_await store::commit(state->store, state->scheduler, std::move(batch)));
  }
}

}  // namespace stepwell::sns
