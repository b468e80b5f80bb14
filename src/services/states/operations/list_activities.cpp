#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> list_activities(States& states, wire::Call& call) {
  const std::string prefix = arn_prefix(call.caller, "activity");
  const std::string listing = "ListActivities " + prefix;
  CO_TRY_ASSIGN(const Page page, read_page(states, call, listing, 100));
  CO_TRY_ASSIGN(const auto records, states.activities.list(prefix, page.position, page.limit + 1));
  json::Arena& arena = call.arena;
  std::vector<json::Value> items;
  for (const ActivityRecord& record : std::span(records).first(std::min(records.size(), page.limit))) {
    items.push_back(json::ObjectBuilder(arena)
                        .add("activityArn", record.arn)
                        .add("creationDate", date(arena, record.created))
                        .add("name", record.name)
                        .build());
  }
  json::ObjectBuilder output(arena);
  output.add("activities", json::make_array(arena, items));
  if (records.size() > page.limit) {
    output.add("nextToken", states.tokens.page_token(listing, records[page.limit - 1].arn, states.clock.now()));
  }
  co_return reply(output.build());
}

}  // namespace stepwell::states
