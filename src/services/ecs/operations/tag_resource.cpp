#include "services/ecs/operations/support.h"

#include <algorithm>

namespace stepwell::ecs {
namespace {
constexpr std::size_t max_tags = 50;
}

Task<Result<wire::Reply>> tag_resource(Ecs& ecs, wire::Call& call) {
  const auto lock = co_await ecs.book.changes().lock();
  CO_TRY_ASSIGN(Tagged tagged, find_tagged(ecs, call.text("resourceArn")));
  const auto before = read_tags(call.arena, tags_of(tagged)).elements();
  std::vector<json::Value> tags(before.begin(), before.end());
  for (const json::Value& tag : json::elements_of(call.input, "tags")) {
    std::erase_if(tags,
                  [&](const json::Value& other) { return json::text_of(other, "key") == json::text_of(tag, "key"); });
    tags.push_back(tag);
  }
  if (tags.size() > max_tags) co_return fail(errors::invalid("A resource cannot have more than 50 tags."));
  CO_TRY(co_await save_tags(ecs, std::move(tagged), json::print(json::make_array(call.arena, tags))));
  co_return reply_with(json::ObjectBuilder(call.arena).build());
}

}  // namespace stepwell::ecs
