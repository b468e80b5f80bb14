#include "services/ecs/operations/support.h"

namespace stepwell::ecs {
namespace {

struct Family {
  std::string name;
  std::string last_key;
  bool active = false;
};

bool is_wanted(const Family& family, std::string_view prefix, std::string_view status) {
  const std::string_view own = family.active ? "ACTIVE" : "INACTIVE";
  return !family.name.empty() && family.name.starts_with(prefix) && (status == "ALL" || status == own);
}

}  // namespace

// A family is ACTIVE while one of its revisions is.
Task<Result<wire::Reply>> list_task_definition_families(Ecs& ecs, wire::Call& call) {
  CO_TRY_ASSIGN(Page page, Page::of(call));
  const std::string_view status = call.has("status") ? call.text("status") : "ACTIVE";
  Family family;
  const auto end_family = [&] {
    return !is_wanted(family, call.text("familyPrefix"), status) || page.add(call.arena, family.last_key, family.name);
  };
  bool full = false;
  CO_TRY(ecs.book.visit_definitions(home_of(call), page.after(), store::Direction::forward,
                                    [&](const Definition& definition) {
                                      if (definition.place.family != family.name) {
                                        full = !end_family();
                                        family = {.name = definition.place.family};
                                      }
                                      family.last_key = key_of(definition.place);
                                      family.active |= definition.status == DefinitionStatus::active;
                                      return !full;
                                    }));
  if (!full) end_family();
  co_return page.reply(call, "families");
}

}  // namespace stepwell::ecs
