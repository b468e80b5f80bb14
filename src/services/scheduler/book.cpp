#include "services/scheduler/book.h"

#include "store/codec.h"
#include "store/commit.h"

#include <fmt/format.h>

namespace stepwell::scheduler {
namespace {

using store::Table;

constexpr std::size_t piece = 500;  // schedules that are taken away at once

Error unreadable() { return internal_error("A record of EventBridge Scheduler cannot be read."); }

}  // namespace

Result<std::optional<Group>> Book::find_group(const GroupPlace& place) const {
  TRY_ASSIGN(const auto value, store_.get(Table::schedule_group, key_of(place)));
  if (!value) {
    if (place.name != default_group) return std::nullopt;
    return Group{.place = place, .document = "{}"};
  }
  auto document = decode_group(*value);
  if (!document) return fail(unreadable());
  return Group{.place = place, .document = std::move(*document)};
}

Result<std::vector<Group>> Book::list_groups(std::string_view account, std::string_view region, std::string_view after,
                                             std::size_t limit) const {
  const std::string prefix = groups_prefix(account, region);
  const GroupPlace last{.account = std::string(account), .region = std::string(region), .name = std::string(after)};
  const std::string from = after.empty() ? prefix : key_of(last) + '\0';
  const auto cursor = store_.scan(Table::schedule_group, from, store::prefix_end(prefix), store::Direction::forward);
  std::vector<Group> groups;
  for (; cursor->valid() && groups.size() < limit; cursor->next()) {
    auto place = decode_group_place(cursor->key());
    auto document = decode_group(cursor->value());
    if (!place || !document) return fail(unreadable());
    groups.push_back({.place = std::move(*place), .document = std::move(*document)});
  }
  TRY(cursor->status());
  return groups;
}

Task<Result<void>> Book::save_group(Group group) {
  store::Batch batch;
  batch.put(Table::schedule_group, key_of(group.place), encode_group(group.document));
  co_return co_await commit(std::move(batch));
}

Task<Result<void>> Book::remove_group(GroupPlace place) {
  const std::string prefix = key_of(place);
  while (true) {
    store::Batch batch;
    std::size_t count = 0;
    CO_TRY(visit(prefix, store::prefix_end(prefix), [&](const Schedule& schedule) {
      erase(schedule, batch);
      return ++count < piece;
    }));
    if (count < piece) batch.erase(Table::schedule_group, key_of(place));
    CO_TRY(co_await commit(std::move(batch)));
    if (count < piece) co_return Result<void>();
  }
}

Result<std::optional<Schedule>> Book::find(const SchedulePlace& place) const { return find(key_of(place)); }

Result<std::optional<Schedule>> Book::find(std::string_view key) const {
  TRY_ASSIGN(const auto value, store_.get(Table::schedule, key));
  if (!value) return std::nullopt;
  auto schedule = decode_schedule(key, *value);
  if (!schedule) return fail(unreadable());
  return schedule;
}

Result<void> Book::visit(std::string_view from, std::string_view to,
                         const std::function<bool(const Schedule&)>& visit) const {
  const auto cursor = store_.scan(Table::schedule, from, to, store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    const auto schedule = decode_schedule(cursor->key(), cursor->value());
    if (!schedule) return fail(unreadable());
    if (!visit(*schedule)) return {};
  }
  return cursor->status();
}

void Book::put(const Schedule* before, const Schedule& schedule, store::Batch& batch) {
  const std::string key = key_of(schedule.place);
  if (before != nullptr && before->next) batch.erase(Table::schedule_timer, timer_key(before->next->at, key));
  batch.put(Table::schedule, key, encode(schedule));
  if (schedule.next) batch.put(Table::schedule_timer, timer_key(schedule.next->at, key), {});
}

void Book::erase(const Schedule& schedule, store::Batch& batch) {
  const std::string key = key_of(schedule.place);
  if (schedule.next) batch.erase(Table::schedule_timer, timer_key(schedule.next->at, key));
  batch.erase(Table::schedule, key);
}

Task<Result<void>> Book::commit(store::Batch batch) {
  co_return co_await store::commit(store_, scheduler_, std::move(batch));
}

Result<Book::Due> Book::due(Timestamp now, std::size_t limit) const {
  const auto cursor = store_.scan(Table::schedule_timer, {}, {}, store::Direction::forward);
  Due due;
  for (; cursor->valid(); cursor->next()) {
    auto timer = decode_timer(cursor->key());
    if (!timer) return fail(unreadable());
    if (timer->at > now || due.timers.size() == limit) {
      due.next = timer->at;
      return due;
    }
    due.timers.push_back(std::move(*timer));
  }
  TRY(cursor->status());
  return due;
}

}  // namespace stepwell::scheduler
