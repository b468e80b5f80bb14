#include "services/states/activities.h"

#include "engine/records.h"
#include "services/states/errors.h"
#include "services/states/machine_records.h"
#include "store/codec.h"
#include "store/commit.h"

namespace stepwell::states {
namespace {

using store::Table;

constexpr std::uint8_t first_format = 1;
constexpr std::uint8_t second_format = 2;   // encryption
constexpr std::size_t max_pollers = 1'000;  // of one activity

std::string activity_key(std::string_view arn) { return store::KeyWriter().text(arn).take(); }

std::optional<ActivityRecord> decode(std::string_view arn, std::string_view value) {
  store::ValueReader in(value);
  const std::uint8_t format = in.u8();
  if (format != first_format && format != second_format) return std::nullopt;
  ActivityRecord record;
  record.arn = arn;
  record.name = in.text();
  record.created = Timestamp{Duration{in.signed_varint()}};
  record.tags = in.text();
  record.encryption = format == second_format ? in.text() : owned_key;
  return in.ok() && in.at_end() ? std::optional(std::move(record)) : std::nullopt;
}

Error unreadable(std::string_view arn) {
  return internal_error(fmt::format("The record of activity {} cannot be read.", arn));
}

}  // namespace

// A poll that waits: woken by a queued task, the end of its patience or the client's leaving, whatever comes first.
struct Activities::Waiter {
  Pending<bool> woken;  // true: look again
  std::optional<std::stop_callback<std::function<void()>>> gone;
  void wake(bool look_again) {
    if (!woken.is_set()) woken.set(look_again);
  }
};

Activities::~Activities() = default;

Result<std::optional<ActivityRecord>> Activities::find(std::string_view arn) const {
  TRY_ASSIGN(const auto value, store_->get(Table::activity, activity_key(arn)));
  if (!value) return std::nullopt;
  auto record = decode(arn, *value);
  if (!record) return fail(unreadable(arn));
  return record;
}

bool Activities::exists(std::string_view arn) const {
  const auto value = store_->get(Table::activity, activity_key(arn));
  return value && value->has_value();
}

Result<std::vector<ActivityRecord>> Activities::list(std::string_view arn_prefix, std::string_view after,
                                                     std::size_t limit) const {
  std::string to = activity_key(arn_prefix);
  to.resize(to.size() - 2);
  const std::string from = after.empty() ? to : activity_key(after);
  const auto cursor = store_->scan(Table::activity, from, store::prefix_end(to), store::Direction::forward);
  std::vector<ActivityRecord> records;
  for (; cursor->valid() && records.size() < limit; cursor->next()) {
    const std::string arn = store::KeyReader(cursor->key()).text();
    if (arn == after) continue;
    auto record = decode(arn, cursor->value());
    if (!record) return fail(unreadable(arn));
    records.push_back(std::move(*record));
  }
  TRY(cursor->status());
  return records;
}

Task<Result<void>> Activities::save(ActivityRecord record) {
  std::string value;
  store::ValueWriter(value)
      .u8(second_format)
      .text(record.name)
      .signed_varint(record.created.time_since_epoch().count())
      .text(record.tags)
      .text(record.encryption);
  store::Batch batch;
  batch.put(Table::activity, activity_key(record.arn), value);
  co_return co_await store::commit(*store_, *scheduler_, std::move(batch));
}

Task<Result<void>> Activities::remove(std::string arn) {
  store::Batch batch;
  batch.erase(Table::activity, activity_key(arn));
  CO_TRY(co_await store::commit(*store_, *scheduler_, std::move(batch)));
  forget(arn);
  co_return Result<void>{};
}

void Activities::forget(const std::string& arn) {
  const auto queue = queues_.find(arn);
  if (queue != queues_.end() && queue->second.waiters.empty()) queues_.erase(queue);
}

// Beginning where the last one was found passes over what has been handed out, and over what the store has kept of
// that.
Result<std::optional<std::string>> Activities::claim(const std::string& arn) {
  const std::string prefix = engine::queue_prefix(arn);
  std::string& next = queues_[arn].next;
  const auto cursor = store_->scan(Table::activity_queue, next.empty() ? prefix : next, store::prefix_end(prefix),
                                   store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    std::string key(cursor->key());
    if (claimed_.contains(key)) continue;
    next = key;
    claimed_.insert(key);
    return key;
  }
  TRY(cursor->status());
  return std::nullopt;
}

void Activities::look_from(const std::string& arn, std::string key) {
  std::string& next = queues_[arn].next;
  next = std::min(next, std::move(key));
}

Task<Result<std::optional<ActivityTask>>> Activities::take(engine::Engine& engine, std::string arn,
                                                           std::string worker_name) {
  while (true) {
    CO_TRY_ASSIGN(const auto key, claim(arn));
    if (!key) co_return std::nullopt;
    const auto task = engine::read_queue_key(*key);
    if (!task) co_return fail(unreadable(arn));
    Pending<Result<std::string>> handed;
    engine.shard(task->execution).start_activity_task(*task, worker_name, [handed](Result<std::string> input) {
      handed.set(std::move(input));
    });
    auto input = co_await handed;
    claimed_.erase(*key);
    if (input) co_return ActivityTask{*task, std::move(*input)};
    // An entry whose task is over goes with the commit that ended it; the next one may be good.
    if (input.error().fault == Fault::server) {
      look_from(arn, *key);
      co_return fail(input.error());
    }
  }
}

Task<Result<std::optional<ActivityTask>>> Activities::poll(engine::Engine& engine, std::string arn,
                                                           std::string worker_name, Duration patience,
                                                           std::stop_token gone) {
  bool look_again = true;
  bool waited_out = false;
  std::unique_ptr<Timer> timer;
  auto out_of_patience = std::make_shared<std::function<void()>>();
  timer = scheduler_->after(patience, [&waited_out, out_of_patience] {
    waited_out = true;
    if (*out_of_patience) (*out_of_patience)();
  });
  while (look_again && !gone.stop_requested()) {
    CO_TRY_ASSIGN(auto task, co_await take(engine, arn, worker_name));
    if (task || waited_out || draining_) co_return task;
    std::deque<std::shared_ptr<Waiter>>& waiters = queues_[arn].waiters;
    if (waiters.size() >= max_pollers) co_return fail(errors::activity_worker_limit_exceeded(arn));
    const auto waiter = std::make_shared<Waiter>();
    waiters.push_back(waiter);
    *out_of_patience = [waiter] { waiter->wake(false); };
    waiter->gone.emplace(gone, std::function<void()>([waiter] { waiter->wake(false); }));
    look_again = co_await waiter->woken;
    *out_of_patience = nullptr;
    waiter->gone.reset();
    // One that gives up after it was told of a task passes the news on.
    if (std::erase(queues_[arn].waiters, waiter) == 0 && !look_again) wake_next(arn);
  }
  if (!exists(arn)) forget(arn);
  co_return std::nullopt;
}

void Activities::queued(const std::string& arn, Timestamp since) {
  // One whose commit came late stands before others that have been handed out.
  if (queues_.contains(arn)) look_from(arn, engine::queue_key(arn, since, {}));
  wake_next(arn);
}

void Activities::wake_next(const std::string& arn) {
  const auto queue = queues_.find(arn);
  if (queue == queues_.end() || queue->second.waiters.empty()) return;
  const auto waiter = queue->second.waiters.front();
  queue->second.waiters.pop_front();
  // The poll goes on from the loop: whoever tells of the task is still in the middle of its own work.
  scheduler_->post([waiter] { waiter->wake(true); });
}

void Activities::drain() {
  draining_ = true;
  for (auto& [arn, queue] : queues_) {
    for (const auto& waiter : std::exchange(queue.waiters, {})) {
      scheduler_->post([waiter] { waiter->wake(false); });
    }
  }
}

}  // namespace stepwell::states
