#include "services/ecs/operations/support.h"

#include <algorithm>

namespace stepwell::ecs {

Task<Result<wire::Reply>> untag_resource(Ecs& ecs, wire::Call& call) {
  const auto lock = co_await ecs.book.changes().lock();
  CO_TRY_ASSIGN(Tagged tagged, find_tagged(ecs, call.text("resourceArn")));
  std::vector<json::Value> kept;
  for (const json::Value& tag : read_tags(call.arena, tags_of(tagged)).elements()) {
    const auto is_it = [&](const json::Value& key) { return key.as_string() == json::text_of(tag, "key"); };
    if (std::ranges::none_of(json::elements_of(call.input, "tagKeys"), is_it)) kept.push_back(tag);
  }
  CO_TRY(co_await save_tags(ecs, std::move(tagged), json::print(json::make_array(call.arena, kept))));
  co_return reply_with(json::ObjectBuilder(call.arena).build());
}

}  // namespace stepwell::ecs
