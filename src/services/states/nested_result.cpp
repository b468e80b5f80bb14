#include "services/states/nested_result.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/states/execution_description.h"
#include "services/states/model.h"
#include "services/states/sdk/result.h"

namespace stepwell::states {

std::string nested_result(const States& states, const engine::ExecutionView& view, asl::Pattern pattern) {
  json::Arena arena;
  const wire::Shape& shape = *model().operation("DescribeExecution")->output;
  const json::Value described = sdk::result(
      arena, shape, execution_description(states, arena, view, ExecutionData::include), sdk::Dates::epoch_milliseconds);
  if (pattern != asl::Pattern::sync2) return json::print(described);
  json::ObjectBuilder object(arena);
  for (const json::Member& member : described.members()) {
    const bool payload = member.key == "Input" || member.key == "Output";
    const auto content = payload ? json::parse(arena, member.value.as_string()) : member.value;
    object.add(member.key, *content);
  }
  return json::print(object.build());
}

}  // namespace stepwell::states
