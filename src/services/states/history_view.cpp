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

// The longest beginning of at most that many bytes that ends with a whole character.
std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

void add_payload(json::Arena& arena, json::ObjectBuilder& details, const engine::Field& field, std::string_view member,
                 std::size_t max_data) {
  bool truncated = false;
  if (field.tag == FieldTag::assigned_variables) {
    details.add(member, variables(arena, field.payload()->value(arena)));
  } else {
    const std::string_view text = field.payload()->text(arena);
    truncated = text.size() > max_data;
    details.add(member, json::Value::string(cut(text, max_data)));
  }
  if (info(field.tag).kind == FieldKind::payload) {
    details.add(details_member(arena, member), json::ObjectBuilder(arena).add("truncated", truncated).build());
  }
}

}  // namespace

json::Value event_details(json::Arena& arena, const engine::Event& event, ExecutionData data, std::size_t max_data) {
  json::ObjectBuilder details(arena);
  for (const engine::Field& field : event.fields) {
    const auto& [kind, member] = info(field.tag);
    switch (kind) {
      case FieldKind::text:
        if (field.tag == FieldTag::task_role) {
          details.add(member, json::ObjectBuilder(arena).add("roleArn", field.text()).build());
        } else {
          details.add(member, field.text());
        }
        break;
      case FieldKind::integer: details.add(member, field.number()); break;
      case FieldKind::payload:
      case FieldKind::plain:
        if (data == ExecutionData::include && field.payload() != nullptr)
          add_payload(arena, details, field, member, max_data);
        break;
      case FieldKind::hidden:
      case FieldKind::note: break;
    }
  }
  return details.build();
}

json::Value history_event(json::Arena& arena, const engine::Event& event, ExecutionData data, std::size_t max_data) {
  const engine::EventInfo& type = info(event.type);
  json::ObjectBuilder object(arena);
  object.add("timestamp", wire::epoch_seconds(arena, event.at.time_since_epoch().count()));
  object.add("type", json::Value::string(type.name));
  object.add("id", static_cast<std::int64_t>(event.id));
  object.add("previousEventId", static_cast<std::int64_t>(event.previous));
  if (!type.details_member.empty()) object.add(type.details_member, event_details(arena, event, data, max_data));
  return object.build();
}

}  // namespace stepwell::states
