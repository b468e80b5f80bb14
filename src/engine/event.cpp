#include "engine/event.h"

#include <array>

namespace stepwell::engine {
namespace {

constexpr auto event_table = [] {
  std::array<EventInfo, 256> table{};
#define EVENT(number, type, details) table[number] = {#type, details};
#include "engine/events.def"
#undef EVENT
  return table;
}();

constexpr auto field_table = [] {
  std::array<FieldInfo, 256> table{};
#define FIELD(number, tag, kind, member) table[number] = {FieldKind::kind, member};
#include "engine/fields.def"
#undef FIELD
  return table;
}();

}  // namespace

const EventInfo& info(EventType type) { return event_table[static_cast<std::uint8_t>(type)]; }
const FieldInfo& info(FieldTag tag) { return field_table[static_cast<std::uint8_t>(tag)]; }

}  // namespace stepwell::engine
