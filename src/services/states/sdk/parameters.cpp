#include "services/states/sdk/parameters.h"

#include "base/time.h"
#include "crypto/hash.h"
#include "lang/json/build.h"
#include "lang/json/print.h"
#include "services/states/sdk/result.h"
#include "wire/call.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace stepwell::states::sdk {
namespace {

std::unexpected<std::string> refusal(const json::Value& parameters, std::string_view why) {
  return std::unexpected(
      fmt::format("The Parameters '{}' could not be used to start the Task: [{}]", json::print(parameters), why));
}

class Reader {
 public:
  explicit Reader(json::Arena& arena) : arena_(arena) {}

  json::Value read(const wire::Shape& shape, const json::Value& value) {
    using enum wire::ShapeType;
    switch (shape.type) {
      case structure: return value.is_object() ? members(shape, value) : value;
      case list: return value.is_array() ? elements(*shape.element, value) : value;
      case map: return value.is_object() ? entries(*shape.element, value) : value;
      case string: return value.is_string() || value.is_null() ? value : json::make_string(arena_, json::print(value));
      case timestamp: return value.is_string() ? date(value) : value;
      case blob: return json::make_string(arena_, crypto::base64_encode(json::print(value)));
      default: return value;
    }
  }

  std::string take_payload() { return std::move(payload_); }
  const std::string& unknown_field() const { return unknown_field_; }

 private:
  json::Value members(const wire::Shape& shape, const json::Value& value) {
    json::ObjectBuilder object(arena_);
    for (const json::Member& member : value.members()) {
      const auto known = std::ranges::find_if(
          shape.members, [&member](const wire::ShapeMember& each) { return is_pascal_name_of(member.key, each.name); });
      if (known == shape.members.end()) {
        if (unknown_field_.empty()) unknown_field_ = member.key;
      } else if (member.value.is_null()) {
        continue;
      } else if (known->location == wire::Location::payload) {
        payload_ = json::print(member.value);
      } else {
        object.add(known->name, read(*known->shape, member.value));
      }
    }
    return object.build();
  }

  // The keys of a map are the user's own.
  json::Value entries(const wire::Shape& element, const json::Value& value) {
    json::ObjectBuilder object(arena_);
    for (const json::Member& entry : value.members()) object.add(entry.key, read(element, entry.value));
    return object.build();
  }

  json::Value elements(const wire::Shape& element, const json::Value& value) {
    std::vector<json::Value> elements;
    elements.reserve(value.size());
    for (const json::Value& each : value.elements()) elements.push_back(read(element, each));
    return json::make_array(arena_, elements);
  }

  json::Value date(const json::Value& text) {
    const auto time = parse_rfc3339(text.as_string());
    return time ? wire::epoch_seconds(arena_, time->time_since_epoch().count()) : text;
  }

  json::Arena& arena_;
  std::string payload_;
  std::string unknown_field_;
};

}  // namespace

std::expected<Parameters, std::string> read_parameters(json::Arena& arena, const wire::Shape& shape,
                                                       const json::Value& parameters) {
  if (!parameters.is_object()) return refusal(parameters, "They must be an object");
  Reader reader(arena);
  const json::Value input = reader.read(shape, parameters);
  if (!reader.unknown_field().empty()) {
    return refusal(parameters,
                   fmt::format("The field \"{}\" is not supported by Step Functions", reader.unknown_field()));
  }
  return Parameters{input, reader.take_payload()};
}

}  // namespace stepwell::states::sdk
