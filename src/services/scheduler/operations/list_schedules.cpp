#include "services/scheduler/operations/support.h"
#include "store/codec.h"

namespace stepwell::scheduler {
namespace {

constexpr std::size_t usual_page = 100;

json::Value show(json::Arena& arena, const Schedule& schedule, const json::Value& document) {
  return with(arena, pick(arena, document, {"Name", "State"}),
              {{"Arn", json::make_string(arena, schedule.place.arn())},
               {"GroupName", json::make_string(arena, schedule.place.group.name)},
               {"CreationDate", date_of(arena, document, "Created")},
               {"LastModificationDate", date_of(arena, document, "Modified")},
               {"Target", pick(arena, object_of(document, "Target"), {"Arn"})}});
}

}  // namespace

Task<Result<wire::Reply>> list_schedules(Schedules& schedules, wire::Call& call) {
  std::string prefix = groups_prefix(call.caller.account, call.caller.region);
  if (call.has("GroupName")) {
    const GroupPlace group = group_place(call.caller, call.text("GroupName"));
    CO_TRY(find_group(schedules, group));
    prefix = key_of(group);
  }
  const auto limit = static_cast<std::size_t>(call.integer("MaxResults").value_or(usual_page));
  CO_TRY_ASSIGN(const std::string last, read_token(call));
  std::vector<json::Value> page;
  std::string end;
  bool more = false;
  const std::string from = last.empty() ? prefix : std::max(prefix, last + '\0');
  CO_TRY(schedules.book.visit(from, store::prefix_end(prefix), [&](const Schedule& schedule) {
    if (!schedule.place.name.starts_with(call.text("NamePrefix"))) return true;
    const json::Value document = read(call.arena, schedule.document);
    if (call.has("State") && call.text("State") != text_of(document, "State")) return true;
    more = page.size() == limit;
    if (more) return false;
    page.push_back(show(call.arena, schedule, document));
    end = key_of(schedule.place);
    return true;
  }));
  json::ObjectBuilder output(call.arena);
  output.add("Schedules", json::make_array(call.arena, page));
  if (more) output.add("NextToken", token_of(end));
  co_return reply_with(output.build());
}

}  // namespace stepwell::scheduler
