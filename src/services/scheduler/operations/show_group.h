#pragma once
// How groups are shown.

#include "services/scheduler/operations/support.h"

namespace stepwell::scheduler {

// The members of ScheduleGroupSummary.
inline json::Value show_group(json::Arena& arena, const Group& group) {
  const json::Value document = read(arena, group.document);
  return with(arena, json::ObjectBuilder(arena).build(),
              {{"Arn", json::make_string(arena, group.place.arn())},
               {"CreationDate", date_of(arena, document, "Created")},
               {"LastModificationDate", date_of(arena, document, "Modified")},
               {"Name", json::make_string(arena, group.place.name)},
               {"State", json::Value::string("ACTIVE")}});
}

}  // namespace stepwell::scheduler
