#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> list_user_tags(Iam& iam, wire::Call& call) {
  CO_TRY_ASSIGN(const auto known, find_user(iam, call));
  std::vector<Item> items;
  for (const Tag& tag : known->tags) {
    items.push_back({tag.key, [&tag](json::Arena& arena) {
                       return json::ObjectBuilder(arena).add("Key", tag.key).add("Value", tag.value).build();
                     }});
  }
  std::ranges::sort(items, {}, &Item::key);
  CO_TRY_ASSIGN(const json::Value output, list(call, "Tags", items));
  co_return reply_with(output);
}

}  // namespace stepwell::iam
