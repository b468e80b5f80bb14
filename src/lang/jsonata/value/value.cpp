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

// Numbers of few digits, which most are, are exact in two steps.
double Value::lexeme_number() const {
  static constexpr double kPowers[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  constexpr std::size_t kDigits = 15;
  const std::string_view text = lexeme();
  if (text.size() > kDigits) return json::Value::number(text).as_double();
  const bool is_negative = text.starts_with('-');
  std::int64_t digits = 0;
  std::size_t behind_point = 0;
  bool has_point = false;
  for (const char c : text.substr(is_negative ? 1 : 0)) {
    if (c >= '0' && c <= '9') {
      digits = digits * 10 + (c - '0');
      behind_point += has_point ? 1 : 0;
    } else if (c == '.') {
      has_point = true;
    } else {
      return json::Value::number(text).as_double();
    }
  }
  const double number = static_cast<double>(digits) / kPowers[behind_point];
  return is_negative ? -number : number;
}

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
