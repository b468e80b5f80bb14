#include "services/ecs/operations/support.h"

namespace stepwell::ecs {

Task<Result<wire::Reply>> list_task_definitions(Ecs& ecs, wire::Call& call) {
  CO_TRY_ASSIGN(Page page, Page::of(call));
  const std::string_view family = call.text("familyPrefix");
  const std::string_view status = call.has("status") ? call.text("status") : name_of(DefinitionStatus::active);
  const auto direction = call.text("sort") == "DESC" ? store::Direction::backward : store::Direction::forward;
  CO_TRY(ecs.book.visit_definitions(home_of(call), page.after(), direction, [&](const Definition& definition) {
    if (name_of(definition.status) != status || (!family.empty() && definition.place.family != family)) return true;
    return page.add(call.arena, key_of(definition.place), definition.place.arn());
  }));
  co_return page.reply(call, "taskDefinitionArns");
}

}  // namespace stepwell::ecs
