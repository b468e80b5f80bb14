#include "lang/jsonata/value/to_json.h"

#include "lang/json/build.h"
#include "lang/json/object_index.h"
#include "lang/jsonata/text/utf8.h"
#include "lang/jsonata/value/budget.h"
#include "lang/jsonata/value/memory.h"

#include <algorithm>
#include <cmath>

namespace stepwell::jsonata {
namespace {

class Converter {
 public:
  Converter(json::Arena& arena, Dialect dialect, std::size_t room) : arena_(arena), dialect_(dialect), room_(room) {}

  // nullopt: nothing, or failed
  std::optional<json::Value> convert(const Value& value, std::size_t depth) {
    switch (value.type()) {
      case Value::Type::null: return json::Value();
      case Value::Type::boolean: return json::Value::boolean(value.as_boolean());
      case Value::Type::string: return json::Value::string(text(value));
      case Value::Type::number: return number(value);
      case Value::Type::array: return value.is_json() ? shared(value.json(), depth) : array(value, depth + 1);
      case Value::Type::object: return value.is_json() ? shared(value.json(), depth) : object(value, depth + 1);
      case Value::Type::function:
        if (dialect_ == Dialect::aws) failure_ = Code::U1004;
        return std::nullopt;
      default: return std::nullopt;
    }
  }
  std::optional<Code> failure() const { return failure_; }

 private:
  void take(std::size_t bytes) {
    if (bytes > room_) failure_ = Code::U1003;
    room_ -= std::min(bytes, room_);
  }

  // What is from the outside has the size it has, once; inside of what is made here it may stand many times.
  json::Value shared(const json::Value& value, std::size_t depth) {
    if (depth > 0) weigh(value);
    return value;
  }

  void weigh(const json::Value& value) {
    take(value.is_object() ? value.size() * Memory::kMember
                           : value.size() * (value.is_array() ? Memory::kElement : Memory::kByte));
    if (value.is_array()) {
      for (const json::Value& element : value.elements()) {
        if (!failure_ && element.size() > 0) weigh(element);
      }
    } else if (value.is_object()) {
      for (const json::Member& member : value.members()) {
        if (!failure_ && member.value.size() > 0) weigh(member.value);
      }
    }
  }

  std::string_view text(const Value& value) {
    const std::string_view text = value.as_string();
    take(text.size() * Memory::kByte);
    if (!value.is_temporary() || failure_) return text;
    return has_surrogate(text) ? arena_.copy(well_formed(text)) : arena_.copy(text);
  }

  json::Value number(const Value& value) {
    if (value.is_json()) {
      const std::string_view lexeme = value.lexeme();
      return json::Value::number(value.is_temporary() ? arena_.copy(lexeme) : lexeme);
    }
    const double number = value.as_number();
    if (std::isfinite(number)) return json::Value::real(arena_, number);
    if (dialect_ == Dialect::standard) return {};
    return json::Value::string(std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
  }

  std::optional<json::Value> array(const Value& value, std::size_t depth) {
    if (depth > kDeepestValue) failure_ = Code::U1001;
    take(value.size() * Memory::kElement);
    if (failure_) return std::nullopt;
    const std::span<json::Value> elements = arena_.make_array<json::Value>(value.size());
    for (std::size_t i = 0; i < elements.size(); ++i) {
      new (&elements[i]) json::Value(convert(value.element(i), depth).value_or(json::Value()));
    }
    return json::Value::array(elements);
  }

  std::optional<json::Value> object(const Value& value, std::size_t depth) {
    if (depth > kDeepestValue) failure_ = Code::U1001;
    take(value.size() * Memory::kMember);
    if (failure_) return std::nullopt;
    const std::span<json::Member> members = arena_.make_array<json::Member>(value.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const Member member = value.member(i);
      const auto converted = convert(member.value, depth);
      if (converted) new (&members[count++]) json::Member{text(member.key), *converted};
    }
    return json::Value::object(arena_, members.first(count));
  }

  json::Arena& arena_;
  Dialect dialect_;
  std::size_t room_;
  std::optional<Code> failure_;
};

}  // namespace

std::expected<std::optional<json::Value>, Code> to_json(json::Arena& arena, const Value& value, Dialect dialect,
                                                        std::size_t most_bytes) {
  Converter converter(arena, dialect, most_bytes);
  const auto converted = converter.convert(value, 0);
  if (converter.failure()) return std::unexpected(*converter.failure());
  return converted;
}

}  // namespace stepwell::jsonata
