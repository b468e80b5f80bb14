#include "services/scheduler/operations/support.h"

#include <algorithm>

namespace stepwell::scheduler {

Task<Result<wire::Reply>> untag_resource(Schedules& schedules, wire::Call& call) {
  const auto lock = co_await schedules.book.changes().lock();
  CO_TRY_ASSIGN(Group group, find_tagged(schedules, call));
  const json::Value document = read(call.arena, group.document);
  std::vector<json::Value> kept;
  for (const json::Value& tag : elements_of(document, "Tags")) {
    const auto is_it = [&](const json::Value& key) { return key.as_string() == text_of(tag, "Key"); };
    if (std::ranges::none_of(elements_of(call.input, "TagKeys"), is_it)) kept.push_back(tag);
  }
  group.document = json::print(with(call.arena, document, {{"Tags", json::make_array(call.arena, kept)}}));
  CO_TRY(co_await schedules.book.save_group(std::move(group)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::scheduler
