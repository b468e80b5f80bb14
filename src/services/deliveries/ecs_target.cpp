#include "services/deliveries/ecs_target.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"

#include <string>
#include <vector>

namespace stepwell::deliveries {
namespace {

std::string_view lower_first(json::Arena& arena, std::string_view name) {
  std::string text(name);
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return arena.copy(text);
}

// TaskDefinitionArn → taskDefinitionArn, at every depth.
json::Value as_ecs_names(json::Arena& arena, const json::Value& value) {
  if (value.is_array()) {
    std::vector<json::Value> elements;
    for (const json::Value& element : value.elements()) elements.push_back(as_ecs_names(arena, element));
    return json::make_array(arena, elements);
  }
  if (!value.is_object()) return value;
  json::ObjectBuilder object(arena);
  for (const json::Member& member : value.members()) {
    object.add(lower_first(arena, member.key), as_ecs_names(arena, member.value));
  }
  return object.build();
}

json::Value overrides_of(json::Arena& arena, std::string_view input) {
  const auto document = json::parse_copy(arena, input);
  if (!document || !document->is_object()) return json::ObjectBuilder(arena).build();
  return json::pick(arena, *document, {"containerOverrides", "cpu", "executionRoleArn", "memory", "taskRoleArn"});
}

}  // namespace

json::Value run_task_input(json::Arena& arena, std::string_view cluster_arn, const json::Value& parameters,
                           std::string_view input, std::string_view token) {
  const json::Value given = as_ecs_names(arena, parameters);
  const auto member = [&given](std::string_view name) {
    const json::Value* value = given.find(name);
    return value == nullptr ? json::Value() : *value;
  };
  return json::with(arena, given,
                    {{"cluster", json::make_string(arena, cluster_arn)},
                     {"taskDefinition", member("taskDefinitionArn")},
                     {"taskDefinitionArn", json::Value()},
                     {"count", member("taskCount")},
                     {"taskCount", json::Value()},
                     {"overrides", overrides_of(arena, input)},
                     {"clientToken", json::make_string(arena, token)}});
}

}  // namespace stepwell::deliveries
