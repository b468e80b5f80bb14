#include "engine/sim/disk.h"

#include "engine/records.h"
#include "store/codec.h"
#include "store/errors.h"

namespace stepwell::engine::sim {
namespace {

std::uint32_t checksum(std::string_view bytes) {
  std::uint32_t hash = 0x811c9dc5U;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
  return hash;
}

// A group in the log: length, checksum, its operations.
class Encoder {
 public:
  void put(store::Table table, std::string_view key, std::string_view value) { write(0, table, key, value); }
  void erase(store::Table table, std::string_view key) { write(1, table, key, {}); }
  void erase_range(store::Table table, std::string_view from, std::string_view to) { write(2, table, from, to); }
  std::string record() const {
    std::string record = store::KeyWriter().u32(static_cast<std::uint32_t>(body_.size())).u32(checksum(body_)).take();
    return record + body_;
  }

 private:
  void write(std::uint8_t operation, store::Table table, std::string_view first, std::string_view second) {
    store::ValueWriter(body_).u8(operation).u8(std::to_underlying(table)).text(first).text(second);
  }
  std::string body_;
};

store::Batch decode(std::string_view body) {
  store::Batch batch;
  store::ValueReader in(body);
  while (!in.at_end() && in.ok()) {
    const std::uint8_t operation = in.u8();
    const auto table = static_cast<store::Table>(in.u8());
    const std::string_view first = in.text();
    const std::string_view second = in.text();
    if (operation == 0) batch.put(table, first, second);
    if (operation == 1) batch.erase(table, first);
    if (operation == 2) batch.erase_range(table, first, second);
  }
  return batch;
}

class FailedCursor final : public store::Cursor {
 public:
  bool valid() const override { return false; }
  std::string_view key() const override { return {}; }
  std::string_view value() const override { return {}; }
  void next() override {}
  Result<void> status() const override { return fail(store::storage_corrupted("a read failed")); }
};

// Which executions a batch writes, and whether it writes over events.
class Inspector {
 public:
  Inspector(store::Store& tables, std::set<ExecutionId>& touched, std::string& overwritten)
      : tables_(tables), touched_(touched), overwritten_(overwritten) {}
  void put(store::Table table, std::string_view key, std::string_view value) {
    if (table == store::Table::execution) touched_.insert(*read_execution_key(key));
    if (table != store::Table::event) return;
    const auto before = tables_.get(table, key);
    if (*before && **before != value) overwritten_ = key;
  }
  void erase(store::Table, std::string_view) {}
  void erase_range(store::Table, std::string_view, std::string_view) {}

 private:
  store::Store& tables_;
  std::set<ExecutionId>& touched_;
  std::string& overwritten_;
};

// The batch without what it erases of events.
struct EventsKept {
  store::Batch& batch;
  void put(store::Table table, std::string_view key, std::string_view value) { batch.put(table, key, value); }
  void erase(store::Table table, std::string_view key) {
    if (table != store::Table::event) batch.erase(table, key);
  }
  void erase_range(store::Table table, std::string_view from, std::string_view to) {
    batch.erase_range(table, from, to);
  }
};

}  // namespace

bool Disk::read_fails() {
  if (faults.read_fails_one_in == 0 || !read_dice_.one_in(faults.read_fails_one_in)) return false;
  ++failed_reads;
  return true;
}

Result<std::optional<std::string>> Disk::get(store::Table table, std::string_view key) {
  if (read_fails()) return fail(store::storage_corrupted("a read failed"));
  return tables_->get(table, key);
}

std::unique_ptr<store::Cursor> Disk::scan(store::Table table, std::string_view from, std::string_view to,
                                          store::Direction direction) {
  if (read_fails()) return std::make_unique<FailedCursor>();
  return tables_->scan(table, from, to, direction);
}

store::Ticket Disk::write(store::Batch batch, store::Committed committed) {
  const store::Ticket ticket = ++last_ticket_;
  const Timestamp now = time_.now();
  latest_ = std::max(latest_, now);
  waiting_.push_back({.ticket = ticket, .batch = std::move(batch), .committed = std::move(committed), .at = now});
  if (!busy_) write_group();
  return ticket;
}

// As many as wait, up to one that rests on what was lost: that one is refused.
void Disk::write_group() {
  while (!waiting_.empty() && lost_.contains(waiting_.front().batch.required())) {
    Waiting refused = std::move(waiting_.front());
    waiting_.pop_front();
    lost_.add(refused.ticket, refused.ticket + 1);
    refused.committed(fail(store::rests_on_lost_commit()));
  }
  if (waiting_.empty()) return;
  busy_ = true;
  full_ = faults.full;
  const std::size_t most = dice_.between(1, 8);
  Encoder encoder;
  while (!waiting_.empty() && writing_.size() < most && !lost_.contains(waiting_.front().batch.required())) {
    waiting_.front().batch.visit(encoder);
    writing_.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  if (!failed_ && !full_) log_ += encoder.record();
  const auto slowest = std::max<Duration>(faults.slowest, Duration{2});
  time_.schedule(life_, dice_.milliseconds(0, static_cast<std::uint64_t>(slowest.count())), [this] { synced(); });
}

void Disk::synced() {
  std::vector<Waiting> group = std::exchange(writing_, {});
  if (std::exchange(faults.fail_sync, false)) failed_ = true;
  Result<void> result;
  if (failed_) {
    result = fail(store::storage_failed("a sync failed"));
  } else if (full_) {
    result = fail(store::storage_full("the volume is full"));
  } else {
    make_durable(group);
  }
  for (Waiting& each : group) {
    if (!result) lost_.add(each.ticket, each.ticket + 1);
    each.committed(result);
  }
  busy_ = false;
  write_group();
}

void Disk::make_durable(const std::vector<Waiting>& group) {
  for (const Waiting& each : group) apply(each.batch, each.at);
  log_.clear();
  if (!on_group) return;
  std::vector<store::Batch> batches;
  for (const Waiting& each : group) batches.push_back(each.batch.copy());
  on_group(batches);
}

// What is written from now on is visible and answered, and goes with the next crash.
void Disk::lie() {
  honest_ = std::make_unique<store::MemoryStore>();
  store::Batch everything;
  for (const store::TableInfo& info : store::all_tables) {
    const auto cursor = tables_->scan(info.table, {}, {}, store::Direction::forward);
    for (; cursor->valid(); cursor->next()) everything.put(info.table, cursor->key(), cursor->value());
  }
  honest_->commit(std::move(everything), [](const Result<void>&) {});
}

void Disk::apply(const store::Batch& batch, Timestamp at) {
  batch.visit(Inspector(*tables_, touched_, overwritten_));
  deletions.look_at(*tables_, batch, at);
  effects.look_at(*tables_, batch);
  store::Batch kept;
  if (keeps_deleted_events) batch.visit(EventsKept{kept});
  tables_->commit(keeps_deleted_events ? std::move(kept) : batch.copy(), [](const Result<void>&) {});
}

void Disk::crash() {
  waiting_.clear();
  writing_.clear();
  busy_ = false;
  if (honest_) tables_ = std::move(honest_);
  if (!faults.torn) log_.clear();
  // All of it, nothing, or up to any byte.
  const std::uint64_t kept = dice_.below(3);
  if (kept == 0) log_.clear();
  if (kept == 1) log_.resize(dice_.below(log_.size() + 1));
  recover_log();
}

void Disk::restart(Life life) {
  life_ = life;
  failed_ = false;
  lost_ = {};
}

void Disk::recover_log() {
  std::string_view rest = log_;
  constexpr std::size_t header = 2 * sizeof(std::uint32_t);
  while (rest.size() >= header) {
    store::KeyReader reader(rest.substr(0, header));
    const std::uint32_t length = reader.u32();
    const std::uint32_t sum = reader.u32();
    const std::string_view body = rest.substr(header, length);
    if (body.size() < length || checksum(body) != sum) break;
    const store::Batch batch = decode(body);
    apply(batch, latest_);  // when it was made is not in the log
    if (on_group) on_group({&batch, 1});
    rest.remove_prefix(header + length);
  }
  log_.clear();
}

}  // namespace stepwell::engine::sim
