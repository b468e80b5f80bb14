#include "lang/jsonata/value/value.h"

#include "lang/jsonata/value/object.h"

namespace stepwell::jsonata {

Value Value::from(const json::Value& value) {
  switch (value.kind()) {
    case json::Kind::null: return null();
    case json::Kind::boolean: return boolean(value.as_boolean());
    case json::Kind::string: return string(value.as_string(), false);
    case json::Kind::number: {
      Value made = string(value.lexeme(), false);
      made.type_ = Type::number;
      made.flags_ = kJson;
      return made;
    }
    case json::Kind::array:
    case json::Kind::object: {
      Value made = of_type(value.is_array() ? Type::array : Type::object);
      made.json_ = &value;
      made.size_ = static_cast<std::uint32_t>(value.size());
      made.flags_ = kJson;
      return made;
    }
  }
  return {};
}

double Value::lexeme_number() const { return json::Value::number(lexeme()).as_double(); }

std::size_t Value::size() const { return type_ == Type::object && !is_json() ? object_->size : size_; }

Member Value::member(std::size_t at) const {
  if (!is_json()) return object_->members[at];
  const json::Member& member = json_->members()[at];
  return {string(member.key, false), from(member.value)};
}

Value Value::find(std::string_view key) const {
  if (is_json()) {
    const json::Value* const found = json_->find(key);
    return found == nullptr ? Value() : from(*found);
  }
  const Member* const found = object_->find(key);
  return found == nullptr ? Value() : found->value;
}

}  // namespace stepwell::jsonata
