#pragma once
// The events of an execution: AWS's history and a few of the engine's own in one log. They are the only thing that
// changes an execution (see apply.h), and GetExecutionHistory is a view of them.
//
// An event is generic, a type and a list of tagged fields, so that writing, reading and showing it is one loop over
// tables: fields.def says how a field is shown, events.def under which member.

#include "base/time.h"
#include "engine/ids.h"
#include "engine/payload.h"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace stepwell::engine {

enum class EventType : std::uint8_t {
#define EVENT(number, type, details) type = number,
#include "engine/events.def"
#undef EVENT
};

enum class FieldTag : std::uint8_t {
#define FIELD(number, tag, kind, member) tag = number,
#include "engine/fields.def"
#undef FIELD
};

enum class FieldKind : std::uint8_t { text, integer, payload, plain, hidden, note };

struct EventInfo {
  std::string_view name;            // "TaskScheduled"
  std::string_view details_member;  // "taskScheduledEventDetails"; empty: none
};
const EventInfo& info(EventType type);
inline bool is_internal(EventType type) { return static_cast<std::uint8_t>(type) >= 200; }

struct FieldInfo {
  FieldKind kind = FieldKind::hidden;
  std::string_view member;
};
const FieldInfo& info(FieldTag tag);

// A value under its tag, in two words: a large Map makes some twenty thousand. Read as something else than what it was
// made from, it is 0, empty or nullptr.
class Field {
 public:
  Field(FieldTag t, std::string_view value)
      : tag(t), form_(Form::text), size_(static_cast<std::uint32_t>(value.size())), text_(value.data()) {}
  Field(FieldTag t, const char* value) : Field(t, std::string_view(value)) {}
  Field(FieldTag t, const Payload* value) : tag(t), form_(Form::payload), payload_(value) {}
  template <std::integral T>
  Field(FieldTag t, T value) : tag(t), form_(Form::number), number_(static_cast<std::int64_t>(value)) {}

  FieldTag tag;

  std::int64_t number() const { return form_ == Form::number ? number_ : 0; }  // integer, hidden
  std::string_view text() const {                                              // text, note
    return form_ == Form::text ? std::string_view(text_, size_) : std::string_view();
  }
  const Payload* payload() const { return form_ == Form::payload ? payload_ : nullptr; }  // payload, plain

 private:
  enum class Form : std::uint8_t { number, text, payload };

  Form form_;
  std::uint32_t size_ = 0;  // of a text
  union {
    std::int64_t number_;
    const char* text_;
    const Payload* payload_;
  };
};
static_assert(sizeof(Field) == 16);

// The fields of one event while it is made.
using Fields = std::vector<Field>;

struct Event {
  EventType type{};
  ScopeId scope = top_scope;
  EventId id = 0;        // 0: internal
  EventId previous = 0;  // as AWS chains them (spec §3)
  Serial serial = 0;
  Timestamp at{};
  std::span<const Field> fields;  // in the arena of the execution or the reader

  const Field* find(FieldTag tag) const {
    for (const Field& field : fields) {
      if (field.tag == tag) return &field;
    }
    return nullptr;
  }
  std::int64_t number(FieldTag tag, std::int64_t otherwise = 0) const {
    const Field* field = find(tag);
    return field ? field->number() : otherwise;
  }
  std::string_view text(FieldTag tag) const {
    const Field* field = find(tag);
    return field ? field->text() : std::string_view{};
  }
  const Payload* payload(FieldTag tag) const {
    const Field* field = find(tag);
    return field ? field->payload() : nullptr;
  }
};

// The HeartbeatSeconds of a task's …Scheduled event, which AWS's event of a function does not show; 0: none.
inline std::int64_t heartbeat_seconds(const Event& event) {
  return event.number(FieldTag::heartbeat_seconds, event.number(FieldTag::heartbeat));
}

}  // namespace stepwell::engine
