#include "engine/queries.h"

#include "engine/event_codec.h"
#include "engine/page_payloads.h"
#include "engine/storage_lost.h"
#include "store/codec.h"

namespace stepwell::engine {
namespace {

Error unreadable(std::string_view what) {
  return internal_error(fmt::format("The record of {} cannot be read.", what));
}

// Newest first; of the same start, the greater id first.
bool before(const ListEntry& a, const ListEntry& b) {
  return a.started != b.started ? a.started > b.started : b.id < a.id;
}

}  // namespace

Result<std::optional<ExecutionId>> Queries::find(std::string_view machine_arn, std::string_view name) const {
  TRY_ASSIGN(const auto value, store_->get(store::Table::execution_name, name_key(machine_arn, name)));
  if (!value) return std::nullopt;
  const auto id = read_execution_key(*value);
  if (!id) return fail(unreadable("an execution's name"));
  return id;
}

Result<bool> Queries::has_any(std::string_view machine_arn) const {
  const std::string prefix = names_prefix(machine_arn);
  const auto cursor =
      store_->scan(store::Table::execution_name, prefix, store::prefix_end(prefix), store::Direction::forward);
  TRY(cursor->status());
  return cursor->valid();
}

Result<std::optional<ExecutionView>> Queries::describe(ExecutionId id) const {
  TRY_ASSIGN(const auto value, store_->get(store::Table::execution, execution_key(id)));
  if (!value) return std::nullopt;
  auto record = decode_execution(*value);
  if (!record) return fail(unreadable("an execution"));
  try {
    ExecutionView view{.id = id, .record = std::move(*record), .input = {}, .output = {}};
    view.input = payloads_.fetch(id, view.record.input);
    if (view.record.output.serial != 0) view.output = payloads_.fetch(id, view.record.output);
    return view;
  } catch (const StorageLost& lost) {
    // It may have been deleted since its record was read.
    TRY_ASSIGN(const auto still, store_->get(store::Table::execution, execution_key(id)));
    if (!still) return std::nullopt;
    return fail(lost.error());
  }
}

Result<std::vector<ListEntry>> Queries::list_status(std::string_view list, Status status,
                                                    const std::optional<ListEntry>& after, std::size_t limit) const {
  const std::string prefix = list_prefix(list, status);
  std::string from = prefix;
  if (after) {
    // The descending order of ids within one start time is told by `before`; keys ascend there.
    from = list_key(list, status, after->started, {});
  }
  const auto cursor =
      store_->scan(store::Table::execution_list, from, store::prefix_end(prefix), store::Direction::forward);
  std::vector<ListEntry> entries;
  // Executions of one millisecond are read together so that they can be put in order.
  while (cursor->valid()) {
    auto entry = read_list_entry(list, cursor->key(), cursor->value());
    if (!entry) return fail(unreadable("a list of executions"));
    if (entries.size() >= limit && entry->started != entries.back().started) break;
    if (!after || before(*after, *entry)) entries.push_back(std::move(*entry));
    cursor->next();
  }
  TRY(cursor->status());
  return entries;
}

Result<std::vector<ListEntry>> Queries::list(std::string_view list, std::optional<Status> status,
                                             const std::optional<ListEntry>& after, std::size_t limit) const {
  std::vector<ListEntry> entries;
  for (const Status each : all_statuses) {
    if (status && *status != each) continue;
    TRY_ASSIGN(auto some, list_status(list, each, after, limit));
    std::ranges::move(some, std::back_inserter(entries));
  }
  std::ranges::sort(entries, before);
  if (entries.size() > limit) entries.resize(limit);
  return entries;
}

Result<HistoryPage> Queries::history(ExecutionId id, std::optional<HistoryPosition> from, Order order,
                                     std::size_t limit, json::Arena& arena) const {
  const bool backward = order == Order::newest_first;
  const auto payloads = std::make_shared<PagePayloads>(*store_);
  HistoryPage page{.events = {}, .next = {}, .payloads = payloads};
  // True: the page is full.
  const auto add = [&](std::string_view record) {
    PackedEvents events(record, arena, *payloads, id);
    for (std::size_t i = 0; i < events.size(); ++i) {
      const std::size_t index = backward ? events.size() - 1 - i : i;
      const Serial serial = events.serial(index);
      const bool shown_before = from && (backward ? serial > from->serial : serial < from->serial);
      if (!events.is_shown(index) || shown_before) continue;
      if (page.events.size() == limit) {
        page.next = HistoryPosition{serial};
        return true;
      }
      page.events.push_back(events.event(index));
    }
    return false;
  };
  std::string first = event_key(id, 0);
  std::string last = end_of_execution(id);
  try {
    if (from && backward) {
      last = event_key(id, from->serial + 1);
    } else if (from) {
      // The position may lie inside a record, which often holds all of the page.
      const std::string after = event_key(id, from->serial + 1);
      const auto holder = store_->scan(store::Table::event, first, after, store::Direction::backward);
      if (holder->valid() && add(holder->value())) return page;
      TRY(holder->status());
      first = after;
    }
    const auto direction = backward ? store::Direction::backward : store::Direction::forward;
    const auto cursor = store_->scan(store::Table::event, first, last, direction);
    for (; cursor->valid(); cursor->next()) {
      if (add(cursor->value())) return page;
    }
    TRY(cursor->status());
  } catch (const StorageLost& lost) {
    return fail(lost.error());
  }
  return page;
}

}  // namespace stepwell::engine
