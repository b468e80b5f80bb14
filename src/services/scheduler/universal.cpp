#include "services/scheduler/universal.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/scheduler/errors.h"

#include <algorithm>
#include <array>

namespace stepwell::scheduler {
namespace {

constexpr std::string_view prefix = "aws-sdk:";

// How the SDK names services that the directory names otherwise.
struct Name {
  std::string_view sdk, signing;
};
constexpr auto names = std::to_array<Name>({{"cloudwatchlogs", "logs"}, {"eventbridge", "events"}, {"sfn", "states"}});

std::string_view signing_name(std::string_view sdk) {
  const auto found = std::ranges::find(names, sdk, &Name::sdk);
  return found == names.end() ? sdk : found->signing;
}

// Equal but for the case of the first letter.
bool is_same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return !a.empty() && a.size() == b.size() && lower(a[0]) == lower(b[0]) && a.substr(1) == b.substr(1);
}

class Converter {
 public:
  explicit Converter(json::Arena& arena) : arena_(arena) {}

  Result<json::Value> structure(const wire::Shape& shape, const json::Value& value) {
    if (!value.is_object()) return value;
    json::ObjectBuilder object(arena_);
    for (const json::Member& given : value.members()) {
      const auto member = std::ranges::find_if(
          shape.members, [&](const wire::ShapeMember& known) { return is_same_name(known.name, given.key); });
      if (member == shape.members.end()) {
        return fail(errors::invalid(
            fmt::format("Invalid RequestJson provided. Reason: {} is not a known parameter.", given.key)));
      }
      if (member->location == wire::Location::payload && member->shape->type == wire::ShapeType::blob) {
        payload = given.value.is_string() ? std::string(given.value.as_string()) : json::print(given.value);
        continue;
      }
      TRY_ASSIGN(const json::Value converted, convert(*member->shape, given.value));
      object.add(member->name, converted);
    }
    return object.build();
  }

  std::string payload;

 private:
  Result<json::Value> convert(const wire::Shape& shape, const json::Value& value) {
    switch (shape.type) {
      case wire::ShapeType::structure: return structure(shape, value);
      case wire::ShapeType::list: return list(shape, value);
      case wire::ShapeType::map: return map(shape, value);
      case wire::ShapeType::string:
        return value.is_object() || value.is_array() ? json::make_string(arena_, json::print(value)) : value;
      default: return value;
    }
  }
  Result<json::Value> list(const wire::Shape& shape, const json::Value& value) {
    if (!value.is_array()) return value;
    std::vector<json::Value> elements;
    for (const json::Value& element : value.elements()) {
      TRY_ASSIGN(const json::Value converted, convert(*shape.element, element));
      elements.push_back(converted);
    }
    return json::make_array(arena_, elements);
  }
  Result<json::Value> map(const wire::Shape& shape, const json::Value& value) {
    if (!value.is_object()) return value;
    json::ObjectBuilder object(arena_);
    for (const json::Member& member : value.members()) {
      TRY_ASSIGN(const json::Value converted, convert(*shape.element, member.value));
      object.add(member.key, converted);
    }
    return object.build();
  }

  json::Arena& arena_;
};

}  // namespace

bool is_universal(const wire::Arn& arn) { return arn.service == "scheduler" && arn.resource.starts_with(prefix); }

Result<deliveries::ServiceCall> universal_call(json::Arena& arena, const directory::Directory& directory,
                                               const wire::Arn& arn, std::string_view input) {
  const std::string_view rest = arn.resource.substr(prefix.size());
  const std::size_t colon = rest.find(':');
  const std::string_view sdk = rest.substr(0, colon);
  const std::string_view action = colon == std::string_view::npos ? std::string_view{} : rest.substr(colon + 1);
  const directory::Service* service = directory.find(signing_name(sdk));
  if (service == nullptr) return fail(errors::invalid(fmt::format("The service {} is not known here.", sdk)));
  const auto operation = std::ranges::find_if(service->model().operations(), [&](const wire::OperationModel& known) {
    return is_same_name(known.name, action);
  });
  if (operation == service->model().operations().end()) {
    return fail(errors::invalid(fmt::format("The operation {} of {} is not known here.", action, sdk)));
  }
  const auto parameters = json::parse_copy(arena, input.empty() ? "{}" : input, {.max_depth = 64});
  if (!parameters || !parameters->is_object()) {
    return fail(errors::invalid("Invalid RequestJson provided. Reason: it is no JSON object."));
  }
  Converter converter(arena);
  TRY_ASSIGN(const json::Value converted, converter.structure(*operation->input, *parameters));
  return deliveries::ServiceCall{.service = std::string(signing_name(sdk)),
                                 .operation = operation->name,
                                 .input = converted,
                                 .payload = std::move(converter.payload)};
}

}  // namespace stepwell::scheduler
