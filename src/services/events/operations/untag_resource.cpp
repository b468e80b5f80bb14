#include "services/events/operations/support.h"

#include <algorithm>

namespace stepwell::events {

Task<Result<wire::Reply>> untag_resource(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(const Tagged tagged, find_tagged(events, call.text("ResourceARN")));
  const json::Value document = read(call.arena, tagged.document);
  std::vector<json::Value> kept;
  for (const json::Value& tag : elements_of(document, "Tags")) {
    const auto is_it = [&](const json::Value& key) { return key.as_string() == text_of(tag, "Key"); };
    if (std::ranges::none_of(elements_of(call.input, "TagKeys"), is_it)) kept.push_back(tag);
  }
  CO_TRY(co_await tagged.save(json::print(with(call.arena, document, {{"Tags", json::make_array(call.arena, kept)}}))));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::events
