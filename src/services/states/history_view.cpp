#include "services/states/history_view.h"

#include "lang/json/build.h"
#include "lang/json/print.h"
#include "wire/call.h"

namespace stepwell::states {
namespace {

using engine::FieldKind;
using engine::FieldTag;

// {"name":"<JSON>"}: variables are shown as texts, one by one.
json::Value variables(json::Arena& arena, const json::Value& assigned) {
  json::ObjectBuilder object(arena);
  for (const json::Member& member : assigned.members()) object.add(member.key, json::print(member.value));
  return object.build();
}

std::string_view details_member(json::Arena& arena, std::string_view member) {
  std::string name(member);
  name += "Details";
  return arena.copy(name);
}

void add_payload(json::Arena& arena, json::ObjectBuilder& details, const engine::Field& field,
                 std::string_view member) {
  if (field.tag == FieldTag::assigned_variables) {
    details.add(member, variables(arena, field.payload->value(arena)));
  } else {
    details.add(member, json::Value::string(field.payload->text(arena)));
  }
  if (info(field.tag).kind == FieldKind::payload) {
    details.add(details_member(arena, member), json::ObjectBuilder(arena).add("truncated", false).build());
  }
}

json::Value details_of(json::Arena& arena, const engine::Event& event, ExecutionData data) {
  json::ObjectBuilder details(arena);
  for (const engine::Field& field : event.fields) {
    const auto& [kind, member] = info(field.tag);
    switch (kind) {
      case FieldKind::text:
        if (field.tag == FieldTag::task_role) {
          details.add(member, json::ObjectBuilder(arena).add("roleArn", field.text).build());
        } else {
          details.add(member, field.text);
        }
        break;
      case FieldKind::integer: details.add(member, field.number); break;
      case FieldKind::payload:
      case FieldKind::plain:
        if (data == ExecutionData::include && field.payload != nullptr) add_payload(arena, details, field, member);
        break;
      case FieldKind::hidden:
      case FieldKind::note: break;
    }
  }
  return details.build();
}

}  // namespace

json::Value history_event(json::Arena& arena, const engine::Event& event, ExecutionData data) {
  const engine::EventInfo& type = info(event.type);
  json::ObjectBuilder object(arena);
  object.add("timestamp", wire::epoch_seconds(arena, event.at.time_since_epoch().count()));
  object.add("type", json::Value::string(type.name));
  object.add("id", static_cast<std::int64_t>(event.id));
  object.add("previousEventId", static_cast<std::int64_t>(event.previous));
  if (!type.details_member.empty()) object.add(type.details_member, details_of(arena, event, data));
  return object.build();
}

}  // namespace stepwell::states
