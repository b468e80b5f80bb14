#include "services/states/operations/support.h"
#include "services/states/tagged_resource.h"
#include "services/states/tags.h"

namespace stepwell::states {

Task<Result<wire::Reply>> untag_resource(States& states, wire::Call& call) {
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY_ASSIGN(TaggedResource resource, find_tagged(states, call.text("resourceArn")));
  std::string tags = without_tags(resource.tags(), *call.member("tagKeys"));
  CO_TRY(co_await save_tags(states, std::move(resource), std::move(tags)));
  co_return reply(json::ObjectBuilder(call.arena).build());
}

}  // namespace stepwell::states
