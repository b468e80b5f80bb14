#include "services/scheduler/operations/show_group.h"

#include <algorithm>

namespace stepwell::scheduler {
namespace {
constexpr std::size_t usual_page = 100;
}

Task<Result<wire::Reply>> list_schedule_groups(Schedules& schedules, wire::Call& call) {
  CO_TRY_ASSIGN(auto groups, schedules.book.list_groups(call.caller.account, call.caller.region, "", Book::max_groups));
  if (std::ranges::none_of(groups, [](const Group& group) { return group.place.name == default_group; })) {
    groups.push_back({.place = group_place(call.caller, default_group), .document = "{}"});
  }
  std::ranges::sort(groups, {}, [](const Group& group) { return group.place.name; });
  const auto limit = static_cast<std::size_t>(call.integer("MaxResults").value_or(usual_page));
  CO_TRY_ASSIGN(const std::string last, read_token(call));
  std::vector<json::Value> page;
  std::string end;
  bool more = false;
  for (const Group& group : groups) {
    if (group.place.name <= last || !group.place.name.starts_with(call.text("NamePrefix"))) continue;
    more = page.size() == limit;
    if (more) break;
    page.push_back(show_group(call.arena, group));
    end = group.place.name;
  }
  json::ObjectBuilder output(call.arena);
  output.add("ScheduleGroups", json::make_array(call.arena, page));
  if (more) output.add("NextToken", token_of(end));
  co_return reply_with(output.build());
}

}  // namespace stepwell::scheduler
