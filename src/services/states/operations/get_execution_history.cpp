#include "engine/storage_lost.h"
#include "services/states/history_view.h"
#include "services/states/operations/support.h"
#include "store/codec.h"

namespace stepwell::states {

Task<Result<wire::Reply>> get_execution_history(States& states, wire::Call& call) {
  const std::string_view arn = call.text("executionArn");
  CO_TRY_ASSIGN(const engine::ExecutionId id, find_execution(states, arn));
  const auto order = call.flag("reverseOrder") ? engine::Order::newest_first : engine::Order::oldest_first;
  const std::string listing = fmt::format("GetExecutionHistory {} {}", arn, call.flag("reverseOrder"));
  CO_TRY_ASSIGN(const Page page, read_page(states, call, listing, 100));
  std::optional<engine::HistoryPosition> from;
  if (!page.position.empty()) from = engine::HistoryPosition{store::KeyReader(page.position).u64()};
  json::Arena& arena = call.arena;
  CO_TRY_ASSIGN(const engine::HistoryPage history, states.queries.history(id, from, order, page.limit, arena));
  // Every page has events, but those of an execution that is being deleted.
  if (history.events.empty()) co_return fail(errors::execution_does_not_exist(arn));
  const json::Value* include = call.member("includeExecutionData");
  const auto data = include != nullptr && !include->as_boolean() ? ExecutionData::exclude : ExecutionData::include;
  std::vector<json::Value> items;
  items.reserve(history.events.size());
  try {
    for (const engine::Event& event : history.events) items.push_back(history_event(arena, event, data));
  } catch (const engine::StorageLost& lost) {
    CO_TRY(find_execution(states, arn));
    co_return fail(lost.error());
  }
  json::ObjectBuilder output(arena);
  output.add("events", json::make_array(arena, items));
  if (history.next) {
    const std::string position = store::KeyWriter().u64(history.next->serial).take();
    output.add("nextToken", states.tokens.page_token(listing, position, states.clock.now()));
  }
  co_return reply(output.build());
}

}  // namespace stepwell::states
