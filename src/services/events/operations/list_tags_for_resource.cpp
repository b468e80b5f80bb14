#include "services/events/operations/support.h"

namespace stepwell::events {

Task<Result<wire::Reply>> list_tags_for_resource(Events& events, wire::Call& call) {
  CO_TRY_ASSIGN(const Tagged tagged, find_tagged(events, call.text("ResourceARN")));
  const json::Value document = read(call.arena, tagged.document);
  co_return reply_with(
      json::ObjectBuilder(call.arena).add("Tags", json::make_array(call.arena, elements_of(document, "Tags"))).build());
}

}  // namespace stepwell::events
