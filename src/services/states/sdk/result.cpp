#include "services/states/sdk/result.h"

#include "base/time.h"
#include "crypto/hash.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace stepwell::states::sdk {
namespace {

constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

class Conversion {
 public:
  Conversion(json::Arena& arena, Dates dates) : arena_(arena), dates_(dates) {}

  json::Value convert(const wire::Shape& shape, const json::Value& value) const {
    using enum wire::ShapeType;
    switch (shape.type) {
      case structure: return value.is_object() ? members(shape, value) : value;
      case list: return value.is_array() ? elements(*shape.element, value) : value;
      case map: return value.is_object() ? entries(*shape.element, value) : value;
      case timestamp: return value.is_number() ? date(value) : value;
      case blob: return value.is_string() ? text(value) : value;
      default: return value;
    }
  }

 private:
  json::Value members(const wire::Shape& shape, const json::Value& value) const {
    std::vector<json::Member> members;
    members.reserve(value.size());
    for (const json::Member& member : value.members()) {
      const wire::ShapeMember* known = shape.member(member.key);
      if (known == nullptr || member.value.is_null()) continue;
      members.push_back({pascal_name(arena_, known->name), convert(*known->shape, member.value)});
    }
    std::ranges::sort(members, {}, &json::Member::key);
    return object(members);
  }

  // The keys of a map are the user's own.
  json::Value entries(const wire::Shape& element, const json::Value& value) const {
    std::vector<json::Member> entries;
    entries.reserve(value.size());
    for (const json::Member& entry : value.members()) entries.push_back({entry.key, convert(element, entry.value)});
    return object(entries);
  }

  json::Value object(std::span<const json::Member> members) const {
    const auto kept = arena_.make_array<json::Member>(members.size());
    std::ranges::copy(members, kept.begin());
    return json::Value::object(arena_, kept);
  }

  json::Value elements(const wire::Shape& element, const json::Value& value) const {
    std::vector<json::Value> elements;
    elements.reserve(value.size());
    for (const json::Value& each : value.elements()) elements.push_back(convert(element, each));
    return json::make_array(arena_, elements);
  }

  json::Value date(const json::Value& seconds) const {
    const std::int64_t milliseconds = std::llround(seconds.as_double() * 1'000);
    if (dates_ == Dates::epoch_milliseconds) return json::Value::integer(arena_, milliseconds);
    return json::make_string(arena_, format_rfc3339(Timestamp{Duration{milliseconds}}));
  }

  // What is no text stays base64.
  json::Value text(const json::Value& base64) const {
    const auto bytes = crypto::base64_decode(base64.as_string());
    return bytes && json::is_valid_utf8(*bytes) ? json::make_string(arena_, *bytes) : base64;
  }

  json::Arena& arena_;
  Dates dates_;
};

}  // namespace

json::Value result(json::Arena& arena, const wire::Shape& shape, const json::Value& output, Dates dates) {
  return Conversion(arena, dates).convert(shape, output);
}

std::string_view pascal_name(json::Arena& arena, std::string_view member) {
  if (member.empty() || upper(member.front()) == member.front()) return member;
  std::string name(member);
  name.front() = upper(name.front());
  return arena.copy(name);
}

bool is_pascal_name_of(std::string_view pascal, std::string_view member) {
  return pascal.size() == member.size() && !member.empty() && pascal.front() == upper(member.front()) &&
         pascal.substr(1) == member.substr(1);
}

}  // namespace stepwell::states::sdk
