#include "services/states/reading.h"

#include "engine/storage_lost.h"
#include "services/states/fork.h"
#include "services/states/history_view.h"
#include "services/states/operations/support.h"
#include "services/states/states.h"

namespace stepwell::states {
namespace {

Error event_does_not_exist(engine::EventId event) {
  return {.fault = Fault::client,
          .code = "EventDoesNotExist",
          .message = fmt::format("The execution has no event {}.", event),
          .detail = {},
          .status = 404};
}

}  // namespace

Result<engine::ExecutionId> Reading::find(std::string_view execution_arn) const {
  return find_execution(*states_, execution_arn);
}

// The status is read first: when the execution had ended by then, its last event is among those that are read behind
// it.
Result<Reading::Growth> Reading::history(engine::ExecutionId id, engine::Serial from, std::size_t limit,
                                         std::size_t max_data, json::Arena& arena) const {
  Growth growth{.events = {}, .next = from};
  TRY_ASSIGN(const auto value, states_->store.get(store::Table::execution, engine::execution_key(id)));
  const auto record = value ? engine::decode_execution(*value) : std::nullopt;
  if (!record) return fail(errors::execution_does_not_exist(""));
  growth.status = record->status;
  TRY_ASSIGN(const engine::HistoryPage page,
             states_->queries.history(id, engine::HistoryPosition{from}, engine::Order::oldest_first, limit, arena));
  growth.events.reserve(page.events.size());
  try {
    for (const engine::Event& event : page.events)
      growth.events.push_back(history_event(arena, event, ExecutionData::include, max_data));
  } catch (const engine::StorageLost& lost) {
    return fail(lost.error());
  }
  if (!page.events.empty()) growth.next = page.events.back().serial + 1;
  growth.is_all = !page.next;
  return growth;
}

// Its place in the log is at or behind its number, as events of the engine's own stand between.
Result<json::Value> Reading::event(engine::ExecutionId id, engine::EventId event, json::Arena& arena) const {
  engine::Serial from = event;
  for (;;) {
    json::Arena page_arena;
    TRY_ASSIGN(const engine::HistoryPage page, states_->queries.history(id, engine::HistoryPosition{from},
                                                                        engine::Order::oldest_first, 20, page_arena));
    if (page.events.empty() || page.events.front().id > event) return fail(event_does_not_exist(event));
    const auto found = std::ranges::find(page.events, event, &engine::Event::id);
    try {
      if (found != page.events.end())
        return json::copy(arena, history_event(page_arena, *found, ExecutionData::include));
    } catch (const engine::StorageLost& lost) {
      return fail(lost.error());
    }
    from = page.events.back().serial + (event - page.events.back().id);
  }
}

std::unique_ptr<Watchers::Watch> Reading::watch(engine::ExecutionId id, std::function<void()> told) const {
  return states_->watchers.watch(id, std::move(told));
}

bool Reading::draining() const { return states_->watchers.draining(); }

Result<SearchShare> Reading::search(ShardShare share, const ExecutionSearch& search,
                                    const std::optional<SearchPosition>& after, std::size_t limit) const {
  return search_share(states_->store, states_->engine->shards(), share, search, after, limit);
}

Result<FiguresPart> Reading::figures(const FiguresQuery& query, const std::optional<SearchPosition>& after) const {
  return figures_part(states_->store, states_->queries, states_->engine->shards(), query, after);
}

Task<Result<std::string>> Reading::fork(ForkRequest request) const {
  CO_TRY_ASSIGN(const engine::StartOutcome outcome, co_await states::fork(*states_, std::move(request)));
  co_return outcome.arn;
}

}  // namespace stepwell::states
