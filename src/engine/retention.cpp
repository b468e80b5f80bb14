#include "engine/retention.h"

#include "engine/records.h"
#include "store/codec.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::engine {
namespace {

using store::Table;

constexpr std::size_t keys_in_piece = 512;
constexpr Duration rest_of_postponed{60'000};  // before an execution that could not go is looked at again
constexpr Duration longest_sleep{3'600'000};   // wall-clock time may jump: look again
constexpr Duration rest_after_failure{1'000};

std::string last_deleted_key(ShardId shard) { return fmt::format("last deleted {}", shard); }

std::uint64_t greatest(const std::vector<ExecutionId>& executions) {
  return executions.empty() ? 0 : std::ranges::max(executions, {}, &ExecutionId::serial).serial;
}

}  // namespace

struct Retention::Piece {
  store::Batch batch;
  std::size_t keys = 0;
  std::vector<ExecutionId> executions;
  bool more = false;  // there is a following piece
  bool full() const { return keys >= keys_in_piece; }
  void erase(Table table, std::string_view key) {
    batch.erase(table, key);
    ++keys;
  }
};

Retention::Retention(ShardId shard, RetentionPorts ports)
    : shard_(shard), ports_(std::move(ports)), from_(shard_key(shard)), self_(std::make_shared<Retention*>(this)) {}

Retention::~Retention() { *self_ = nullptr; }

Result<std::uint64_t> Retention::last_deleted() {
  TRY_ASSIGN(const auto stored, ports_.store.get(Table::meta, last_deleted_key(shard_)));
  if (stored) last_deleted_ = store::ValueReader(*stored).varint();
  return last_deleted_;
}

void Retention::begin() {
  if (ports_.retention) look_at(ports_.clock.now());
}

void Retention::ended(Timestamp stopped) {
  if (!ports_.retention) return;
  from_ = std::min(from_, ended_key({.stopped = stopped, .execution = {.shard = shard_, .serial = 0}}));
  look_at(stopped + *ports_.retention);
}

bool Retention::deleting(ExecutionId id) const {
  return !deleting_.empty() && std::ranges::find(deleting_, id) != deleting_.end();
}

void Retention::look_at(Timestamp time) {
  if (look_at_ && *look_at_ <= time) return;
  look_at_ = time;
  const Duration delay = std::clamp<Duration>(time - ports_.clock.now(), Duration{0}, longest_sleep);
  timer_ = ports_.scheduler.after(delay, [this] {
    look_at_.reset();
    sweep();
  });
}

void Retention::sweep() {
  if (under_way_) return;  // its end looks again
  Piece piece;
  if (const auto collected = collect(piece); !collected) {
    ports_.log.error(fmt::format("Ended executions cannot be read: {}", collected.error().message));
    return look_at(ports_.clock.now() + rest_of_postponed);
  }
  if (!piece.more && stayed_) {
    from_ = *std::exchange(stayed_, std::nullopt);
    look_at(ports_.clock.now() + std::min(rest_of_postponed, *ports_.retention));
  }
  if (!piece.batch.empty()) commit(std::move(piece));
}

// Moves `from_` to the row that the following piece begins with.
Result<void> Retention::collect(Piece& piece) {
  const Timestamp until = ports_.clock.now() - *ports_.retention;
  const auto row = ports_.store.scan(Table::ended_execution, from_, shard_key(static_cast<ShardId>(shard_ + 1)),
                                     store::Direction::forward);
  for (; row->valid(); row->next()) {
    const auto ended = read_ended_key(row->key());
    if (!ended) return fail(internal_error("The record of an execution's end cannot be read."));
    from_ = row->key();
    if (ended->stopped > until) {
      look_at(ended->stopped + *ports_.retention);
      return {};
    }
    if (piece.full()) piece.more = true;
    if (piece.more) return {};
    auto gone = collect_execution(ended->execution, piece);
    if (!gone) ports_.log.error(fmt::format("An ended execution cannot be deleted: {}", gone.error().message));
    if (!gone || *gone == Gone::not_yet) {
      if (!stayed_) stayed_ = from_;
    } else if (*gone == Gone::partly) {
      piece.more = true;
      return {};
    }
  }
  return row->status();
}

// What is still being done with an ended execution: it goes on again, or rows wait for its end as a child or a parent
// (starter.h).
Result<bool> Retention::needed(ExecutionId id, const ExecutionRecord& execution) const {
  if (execution.status == Status::running) return true;
  for (const Starter& starter : execution.starters) {
    if (!starter.waits()) continue;
    TRY_ASSIGN(const auto told, ports_.store.get(Table::nested_execution, nested_key(NestedRow::ended, starter.task)));
    if (told) return true;
  }
  const std::string cancelled = nested_prefix(NestedRow::cancelled) + execution_key(id);
  const auto rows =
      ports_.store.scan(Table::nested_execution, cancelled, store::prefix_end(cancelled), store::Direction::forward);
  TRY(rows->status());
  return rows->valid() || !ports_.let_go(id, name_key(execution.machine_arn, execution.name));
}

// Everything by which it can be found.
Result<void> Retention::collect_record(ExecutionId id, const ExecutionRecord& execution, Piece& piece) {
  const std::string name = name_key(execution.machine_arn, execution.name);
  TRY_ASSIGN(const auto named, ports_.store.get(Table::execution_name, name));
  if (named == execution_key(id)) piece.erase(Table::execution_name, name);
  for (const std::string& list : {execution.machine_arn, execution.version_arn, execution.alias_arn}) {
    if (!list.empty()) piece.erase(Table::execution_list, list_key(list, execution.status, execution.started, id));
  }
  piece.erase(Table::execution, execution_key(id));
  return {};
}

Result<Retention::Gone> Retention::collect_execution(ExecutionId id, Piece& piece) {
  Piece own{.batch = {}, .keys = piece.keys, .executions = {}};
  TRY_ASSIGN(const auto record, ports_.store.get(Table::execution, execution_key(id)));
  if (record) {
    const auto execution = decode_execution(*record);
    if (!execution) return fail(internal_error("The record of an execution cannot be read."));
    TRY_ASSIGN(const bool stays, needed(id, *execution));
    if (stays) return Gone::not_yet;
    TRY(collect_record(id, *execution, own));
  }
  const auto events =
      ports_.store.scan(Table::event, execution_key(id), end_of_execution(id), store::Direction::forward);
  for (; events->valid() && !own.full(); events->next()) own.erase(Table::event, events->key());
  TRY(events->status());
  const bool all = !events->valid();
  if (all) own.erase(Table::ended_execution, from_);
  piece.batch.append(std::move(own.batch));
  piece.keys = own.keys;
  piece.executions.push_back(id);
  return all ? Gone::all : Gone::partly;
}

void Retention::commit(Piece piece) {
  under_way_ = true;
  deleting_ = std::move(piece.executions);
  if (const std::uint64_t last = greatest(deleting_); last > last_deleted_) {
    std::string value;
    store::ValueWriter(value).varint(last);
    piece.batch.put(Table::meta, last_deleted_key(shard_), value);
  }
  ports_.store.commit(std::move(piece.batch), [self = self_, &scheduler = ports_.scheduler](Result<void> result) {
    scheduler.post([self, result = std::move(result)] {
      if (*self != nullptr) (*self)->committed(result);
    });
  });
}

void Retention::committed(const Result<void>& result) {
  under_way_ = false;
  if (result) last_deleted_ = std::max(last_deleted_, greatest(deleting_));
  deleting_.clear();
  if (result) return look_at(ports_.clock.now());
  from_ = shard_key(shard_);  // what was not deleted is found again
  look_at(ports_.clock.now() + rest_after_failure);
}

}  // namespace stepwell::engine
