#include "services/events/operations/support.h"

namespace stepwell::events {

Task<Result<wire::Reply>> tag_resource(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(const Tagged tagged, find_tagged(events, call.text("ResourceARN")));
  const json::Value document = read(call.arena, tagged.document);
  const json::Value* before = document.find("Tags");
  CO_TRY_ASSIGN(const json::Value tags,
                add_tags(call.arena, before == nullptr ? json::Value() : *before, elements_of(call.input, "Tags")));
  CO_TRY(co_await tagged.save(json::print(with(call.arena, document, {{"Tags", tags}}))));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::events
