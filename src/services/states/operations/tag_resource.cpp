#include "services/states/operations/support.h"
#include "services/states/tagged_resource.h"
#include "services/states/tags.h"

namespace stepwell::states {

Task<Result<wire::Reply>> tag_resource(States& states, wire::Call& call) {
  const std::string_view arn = call.text("resourceArn");
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY_ASSIGN(TaggedResource resource, find_tagged(states, arn));
  CO_TRY_ASSIGN(std::string tags, with_tags(resource.tags(), call.member("tags"), arn));
  CO_TRY(co_await save_tags(states, std::move(resource), std::move(tags)));
  co_return reply(json::ObjectBuilder(call.arena).build());
}

}  // namespace stepwell::states
