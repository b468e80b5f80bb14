#include "services/states/execution_sources.h"

#include "engine/records.h"
#include "services/states/arns.h"
#include "store/codec.h"

#include <algorithm>
#include <limits>

namespace stepwell::states {
namespace {

constexpr Timestamp latest{Duration{(std::int64_t{1} << 43U) - 1}};  // the last one that ids have room for

// Newest first; of the same start, the greater id first.
bool before(Timestamp started, engine::ExecutionId id, Timestamp than, engine::ExecutionId other) {
  return started != than ? started > than : other < id;
}

std::uint64_t millis(Timestamp time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, time.time_since_epoch().count()));
}

std::optional<engine::ListEntry> as_entry(engine::ExecutionId id, engine::ExecutionRecord&& record) {
  return engine::ListEntry{.id = id,
                           .status = record.status,
                           .started = record.started,
                           .name = std::move(record.name),
                           .stopped = record.stopped,
                           .version_arn = std::move(record.version_arn),
                           .alias_arn = std::move(record.alias_arn),
                           .redrive_count = record.redrive_count,
                           .redriven = record.redriven};
}

}  // namespace

ExecutionSources::ExecutionSources(store::Store& store, engine::ShardId shards, const ExecutionSearch& search,
                                   const std::optional<SearchPosition>& after)
    : list_(search.list), after_(after) {
  Timestamp newest = std::min(search.to.value_or(latest), latest);
  if (after) newest = std::min(newest, after->started);
  const Timestamp oldest = search.from.value_or(Timestamp{});
  if (list_.empty()) {
    sources_.reserve(shards);
    for (engine::ShardId shard = 0; shard < shards; ++shard) add_shard(store, shard, newest, oldest);
  } else {
    if (const auto machine = read_machine_arn(list_)) list_machine_ = machine->arn;
    for (const engine::Status status : engine::all_statuses) {
      if (!search.status || *search.status == status) add_list(store, status, newest, oldest);
    }
  }
  for (Source& source : sources_) load(source);
  choose();
}

void ExecutionSources::add_list(store::Store& store, engine::Status status, Timestamp newest, Timestamp oldest) {
  const std::string from = engine::list_key(list_, status, newest, {});
  const std::string to = oldest <= Timestamp{} ? store::prefix_end(engine::list_prefix(list_, status))
                                               : engine::list_key(list_, status, oldest - Duration{1}, {});
  sources_.push_back({.cursor = store.scan(store::Table::execution_list, from, to, store::Direction::forward),
                      .entry = {},
                      .machine_arn = list_machine_});
}

// A redriven execution keeps its id, and so its place. The clock may have been a little behind the id.
void ExecutionSources::add_shard(store::Store& store, engine::ShardId shard, Timestamp newest, Timestamp oldest) {
  const std::string from = engine::execution_key({.shard = shard, .serial = millis(oldest) << 20U});
  const std::string to = engine::execution_key({.shard = shard, .serial = (millis(newest) + 1) << 20U});
  sources_.push_back({.cursor = store.scan(store::Table::execution, from, to, store::Direction::backward),
                      .entry = {},
                      .machine_arn = {}});
}

// The entry that the cursor stands at, or the next one behind `after_`.
void ExecutionSources::load(Source& source) {
  for (source.valid = false; source.cursor->valid(); source.cursor->next()) {
    std::optional<engine::ListEntry> entry;
    if (!list_.empty()) {
      entry = engine::read_list_entry(list_, source.cursor->key(), source.cursor->value());
    } else {
      const auto id = engine::read_execution_key(source.cursor->key());
      auto record = engine::decode_execution(source.cursor->value());
      if (id && record) {
        source.machine_arn = std::move(record->machine_arn);
        entry = as_entry(*id, std::move(*record));
      }
    }
    if (!entry) {
      unreadable_ = internal_error("The record of an execution cannot be read.");
      return;
    }
    if (after_ && !before(after_->started, after_->id, entry->started, entry->id)) continue;
    source.entry = std::move(*entry);
    source.valid = true;
    return;
  }
}

void ExecutionSources::step(Source& source) {
  source.cursor->next();
  load(source);
}

void ExecutionSources::choose() {
  current_ = nullptr;
  for (Source& source : sources_) {
    if (!source.valid) continue;
    if (current_ == nullptr ||
        before(source.entry.started, source.entry.id, current_->entry.started, current_->entry.id))
      current_ = &source;
  }
}

void ExecutionSources::next() {
  step(*current_);
  choose();
}

Result<void> ExecutionSources::status() const {
  if (!unreadable_.message.empty()) return fail(unreadable_);
  for (const Source& source : sources_) TRY(source.cursor->status());
  return {};
}

}  // namespace stepwell::states
