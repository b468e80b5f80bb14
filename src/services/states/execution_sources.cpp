#include "services/states/execution_sources.h"

#include "engine/records.h"
#include "services/states/arns.h"
#include "store/codec.h"

#include <algorithm>
#include <limits>

namespace stepwell::states {
namespace {

constexpr Timestamp latest{Duration{(std::int64_t{1} << 43U) - 1}};  // the last one that ids have room for

std::uint64_t millis(Timestamp time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, time.time_since_epoch().count()));
}

Error unreadable() { return internal_error("The record of an execution cannot be read."); }

engine::ListEntry as_entry(engine::ExecutionId id, engine::ExecutionRecord&& record) {
  return {.id = id,
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

ExecutionSources::ExecutionSources(store::Store& store, engine::ShardId shards, ShardShare share,
                                   const ExecutionSearch& search, const std::optional<SearchPosition>& after)
    : share_(share), list_(search.list), after_(after) {
  Timestamp newest = std::min(search.to.value_or(latest), latest);
  if (after) newest = std::min(newest, after->started);
  const Timestamp oldest = search.from.value_or(Timestamp{});
  if (list_.empty()) {
    for (engine::ShardId shard = 0; shard < shards; ++shard) {
      if (share.has(shard)) add_shard(store, shard, newest, oldest);
    }
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
                      .now = {},
                      .together = {}});
}

// A redriven execution keeps its id, and so its place. The clock may have been a little behind the id.
void ExecutionSources::add_shard(store::Store& store, engine::ShardId shard, Timestamp newest, Timestamp oldest) {
  const std::string from = engine::execution_key({.shard = shard, .serial = millis(oldest) << 20U});
  const std::string to = engine::execution_key({.shard = shard, .serial = (millis(newest) + 1) << 20U});
  sources_.push_back(
      {.cursor = store.scan(store::Table::execution, from, to, store::Direction::backward), .now = {}, .together = {}});
}

void ExecutionSources::load(Source& source) {
  if (list_.empty()) {
    load_record(source);
  } else {
    load_list(source);
  }
}

// A list has the executions of one millisecond in the order of their ids, so they are read together.
void ExecutionSources::load_list(Source& source) {
  auto& together = source.together;
  while (together.empty() && source.cursor->valid()) {
    for (; source.cursor->valid(); source.cursor->next()) {
      auto entry = engine::read_list_entry(list_, source.cursor->key(), source.cursor->value());
      unreadable_ |= !entry;
      if (!entry || (!together.empty() && together.back().started != entry->started)) break;
      if (share_.has(entry->id.shard) && is_behind({.started = entry->started, .id = entry->id}))
        together.push_back(std::move(*entry));
    }
    if (unreadable_) break;
  }
  source.valid = !unreadable_ && !together.empty();
  if (!source.valid) return;
  const engine::ListEntry& entry = together.back();
  source.now = {.at = {.started = entry.started, .id = entry.id},
                .status = entry.status,
                .name = entry.name,
                .machine_arn = list_machine_,
                .record = {}};
}

void ExecutionSources::load_record(Source& source) {
  for (source.valid = false; source.cursor->valid() && !unreadable_; source.cursor->next()) {
    const auto id = engine::read_execution_key(source.cursor->key());
    const auto glance = engine::glance_at_execution(source.cursor->value());
    unreadable_ |= !id || !glance;
    if (unreadable_ || !is_behind({.started = glance->started, .id = *id})) continue;
    source.now = {.at = {.started = glance->started, .id = *id},
                  .status = glance->status,
                  .name = glance->name,
                  .machine_arn = glance->machine_arn,
                  .record = source.cursor->value()};
    source.valid = true;
    return;
  }
}

void ExecutionSources::choose() {
  current_ = nullptr;
  for (Source& source : sources_) {
    if (!source.valid) continue;
    if (current_ == nullptr || source.now.at > current_->now.at) current_ = &source;
  }
}

void ExecutionSources::next() {
  if (list_.empty()) {
    current_->cursor->next();
  } else {
    current_->together.pop_back();
  }
  load(*current_);
  choose();
}

Result<engine::ListEntry> ExecutionSources::entry() const {
  if (!list_.empty()) return current_->together.back();
  auto record = engine::decode_execution(current_->now.record);
  if (!record) return fail(unreadable());
  return as_entry(current_->now.at.id, std::move(*record));
}

Result<void> ExecutionSources::status() const {
  if (unreadable_) return fail(unreadable());
  for (const Source& source : sources_) TRY(source.cursor->status());
  return {};
}

}  // namespace stepwell::states
