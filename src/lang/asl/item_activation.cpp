#include "lang/asl/item_activation.h"

#include "lang/json/build.h"

namespace stepwell::asl {

json::Value ItemActivation::context() {
  if (context_) return *context_;
  json::ObjectBuilder item(arena());
  item.add("Index", static_cast<std::int64_t>(index_)).add("Value", item_);
  json::ObjectBuilder map(arena());
  map.add("Item", item.build());

  const json::Value outer = map_.context();
  json::ObjectBuilder context(arena());
  for (const json::Member& member : outer.members()) context.add(member.key, member.value);
  context.add("Map", map.build());
  context_ = context.build();
  return *context_;
}

}  // namespace stepwell::asl
