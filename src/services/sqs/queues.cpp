#include "services/sqs/queues.h"

#include "services/sqs/errors.h"
#include "services/sqs/sequences.h"
#include "store/codec.h"
#include "store/commit.h"

#include <set>

namespace stepwell::sqs {
namespace {

using store::Direction;
using store::Table;

constexpr Duration name_is_taken = std::chrono::seconds(60);  // after a queue was deleted
constexpr std::size_t most_at_rest = 1'000;                   // queues in memory that nobody uses
constexpr Duration rest = std::chrono::minutes(5);
constexpr std::size_t page = 100;
constexpr std::size_t most_swept = 20'000;  // rows looked at in one round

// Keys are ended texts: without the two bytes of its end, a key is a prefix of the longer ones.
std::string open_ended(std::string key) {
  key.resize(key.size() - 2);
  return key;
}

}  // namespace

Queues::Queues(const ServicePorts& ports)
    : ports_(ports),
      queue_ports_(
          std::make_shared<const QueuePorts>(QueuePorts{.store = ports.store,
                                                        .scheduler = ports.scheduler,
                                                        .clock = ports.clock,
                                                        .random = ports.random,
                                                        .log = ports.log,
                                                        .find = [this](std::string_view arn) { return find(arn); }})) {}

Result<std::optional<QueueRecord>> Queues::read(std::string_view arn) const {
  const std::string key = queue_key(arn);
  TRY_ASSIGN(const auto value, ports_.store.get(Table::queue, key));
  if (!value) return std::nullopt;
  auto record = decode_queue(key, *value);
  if (!record) return fail(errors::unreadable(arn));
  return record;
}

Result<std::shared_ptr<Queue>> Queues::find(std::string_view arn) {
  if (const auto found = open_.find(arn); found != open_.end()) return found->second;
  TRY_ASSIGN(auto record, read(arn));
  if (!record || record->deleted) return nullptr;
  auto queue = std::make_shared<Queue>(queue_ports_, std::move(*record), Queue::Origin::kept, ports_.limits);
  if (draining_) queue->drain();
  open_.emplace(arn, queue);
  return queue;
}

Result<std::vector<QueueRecord>> Queues::list(std::string_view arn_prefix, std::string_view after,
                                              std::size_t limit) const {
  const std::string prefix = open_ended(queue_key(arn_prefix));
  const std::string behind = after.empty() ? prefix : queue_key(after);
  const auto cursor = ports_.store.scan(Table::queue, behind, store::prefix_end(prefix), Direction::forward);
  std::vector<QueueRecord> records;
  for (; cursor->valid() && records.size() < limit; cursor->next()) {
    auto record = decode_queue(cursor->key(), cursor->value());
    if (!record) return fail(errors::unreadable("a queue"));
    if (!record->deleted && record->arn != after) records.push_back(std::move(*record));
  }
  TRY(cursor->status());
  return records;
}

Task<Result<void>> Queues::create(QueueRecord record) {
  store::Batch batch;
  batch.put(Table::queue, queue_key(record.arn), encode(record));
  CO_TRY(co_await store::commit(ports_.store, ports_.scheduler, std::move(batch)));
  std::string arn = record.arn;
  open_.emplace(std::move(arn),
                std::make_shared<Queue>(queue_ports_, std::move(record), Queue::Origin::made, ports_.limits));
  co_return Result<void>();
}

Task<Result<void>> Queues::save(QueueRecord record) {
  store::Batch batch;
  batch.put(Table::queue, queue_key(record.arn), encode(record));
  CO_TRY(co_await store::commit(ports_.store, ports_.scheduler, std::move(batch)));
  if (const auto found = open_.find(record.arn); found != open_.end()) found->second->change(std::move(record));
  co_return Result<void>();
}

Task<Result<void>> Queues::remove(std::shared_ptr<Queue> queue) {
  QueueRecord record{.arn = queue->record().arn, .id = queue->record().id, .deleted = ports_.clock.now()};
  store::Batch batch;
  batch.put(Table::queue, queue_key(record.arn), encode(record));
  erase_messages(batch, record.id);
  CO_TRY(co_await store::commit(ports_.store, ports_.scheduler, std::move(batch)));
  queue->close();
  open_.erase(record.arn);
  closing_.push_back(std::move(queue));
  co_return Result<void>();
}

Task<Result<void>> Queues::sweep() {
  let_go();
  std::string after;
  while (true) {
    // Deleted ones too: what `list` passes over.
    std::vector<QueueRecord> records;
    const auto cursor = ports_.store.scan(Table::queue, after, {}, Direction::forward);
    for (; cursor->valid() && records.size() < page; cursor->next()) {
      auto record = decode_queue(cursor->key(), cursor->value());
      if (!record) co_return fail(errors::unreadable("a queue"));
      after = std::string(cursor->key()) + '\0';
      records.push_back(std::move(*record));
    }
    CO_TRY(cursor->status());
    if (records.empty()) break;
    for (QueueRecord& record : records) CO_TRY(co_await sweep_queue(std::move(record)));
    co_await pause();
  }
  co_return co_await sweep_deduplication();
}

Task<Result<void>> Queues::sweep_queue(QueueRecord record) {
  const Timestamp now = ports_.clock.now();
  if (record.deleted) {
    if (*record.deleted + name_is_taken > now) co_return Result<void>();
    const auto lock = co_await changes_.lock();
    CO_TRY_ASSIGN(const auto current, read(record.arn));
    if (!current || !current->deleted) co_return Result<void>();
    store::Batch batch;
    batch.erase(Table::queue, queue_key(record.arn));
    co_return co_await store::commit(ports_.store, ports_.scheduler, std::move(batch));
  }
  const auto kept = std::chrono::seconds(settings_of(record.attributes).retention_seconds);
  const auto first =
      ports_.store.scan(Table::message, message_key(record.id, 0),
                        message_key(record.id, first_sequence(now - kept + Duration{1})), Direction::forward);
  if (!first->valid()) co_return first->status();
  CO_TRY_ASSIGN(const auto queue, find(record.arn));
  if (queue != nullptr) CO_TRY(co_await queue->expire());
  co_return Result<void>();
}

// Ids are good for five minutes; each round looks on where the last one has stopped.
Task<Result<void>> Queues::sweep_deduplication() {
  const Timestamp now = ports_.clock.now();
  store::Batch batch;
  std::size_t rows = 0;
  const auto cursor = ports_.store.scan(Table::message_deduplication, deduplication_swept_to_, {}, Direction::forward);
  for (; cursor->valid() && rows < most_swept; cursor->next(), ++rows) {
    const auto deduplication = decode_deduplication(cursor->value());
    if (!deduplication || deduplication->until <= now) batch.erase(Table::message_deduplication, cursor->key());
    deduplication_swept_to_ = std::string(cursor->key()) + '\0';
  }
  CO_TRY(cursor->status());
  if (!cursor->valid()) deduplication_swept_to_.clear();
  if (batch.empty()) co_return Result<void>();
  co_return co_await store::commit(ports_.store, ports_.scheduler, std::move(batch));
}

// What was sent into a queue in the moment of its deletion.
Task<Result<void>> Queues::sweep_strays() {
  std::set<QueueId> known;
  const auto queues = ports_.store.scan(Table::queue, {}, {}, Direction::forward);
  for (; queues->valid(); queues->next()) {
    const auto record = decode_queue(queues->key(), queues->value());
    if (!record) co_return fail(errors::unreadable("a queue"));
    if (!record->deleted) known.insert(record->id);
  }
  CO_TRY(queues->status());
  store::Batch batch;
  std::string next;
  while (true) {
    const auto row = ports_.store.scan(Table::message, next, {}, Direction::forward);
    if (!row->valid()) {
      CO_TRY(row->status());
      break;
    }
    const QueueId id = queue_of(row->key());
    if (!known.contains(id)) erase_messages(batch, id);
    next = store::prefix_end(store::KeyWriter().u64(id).take());
    if (next.empty()) break;
  }
  if (batch.empty()) co_return Result<void>();
  co_return co_await store::commit(ports_.store, ports_.scheduler, std::move(batch));
}

void Queues::let_go() {
  std::erase_if(closing_, [](const auto& queue) { return queue->is_at_rest(); });
  if (open_.size() <= most_at_rest) return;
  const Timestamp now = ports_.clock.now();
  std::erase_if(open_, [&](const auto& entry) {
    const std::shared_ptr<Queue>& queue = entry.second;
    return queue.use_count() == 1 && queue->is_at_rest() && now - queue->last_used() > rest;
  });
}

Task<void> Queues::pause() {
  Pending<bool> again;
  ports_.scheduler.post([again] { again.set(true); });
  co_await again;
}

void Queues::drain() {
  draining_ = true;
  for (const auto& [arn, queue] : open_) queue->drain();
}

}  // namespace stepwell::sqs
