#include "services/lambda/event_sources/mappings.h"
#include "services/lambda/operations/mapping_support.h"

namespace stepwell::lambda {
namespace {

constexpr std::int64_t most_listed = 100;  // whatever is asked for, as on AWS

}  // namespace

// A marker is the UUID that the page before ended with.
Task<Result<wire::Reply>> list_event_source_mappings(Lambda& lambda, wire::Call& call) {
  std::string function_arn;
  if (call.has("FunctionName")) {
    CO_TRY_ASSIGN(const FunctionReference reference, read_function(call.caller, call.text("FunctionName")));
    function_arn = reference.qualified_arn();
  }
  const auto most = static_cast<std::size_t>(std::min(call.integer("MaxItems").value_or(most_listed), most_listed));
  const std::string_view source = call.text("EventSourceArn");
  std::vector<json::Value> shown;
  std::string last;
  bool has_more = false;
  const auto& all = lambda.mappings.all();
  for (auto next = all.upper_bound(call.text("Marker")); next != all.end() && !has_more; ++next) {
    const Mapping& mapping = next->second.mapping;
    if (!function_arn.empty() && mapping.function_arn != function_arn) continue;
    if (!source.empty() && mapping.source_arn != source) continue;
    has_more = shown.size() == most;
    if (has_more) break;
    shown.push_back(show_mapping(call.arena, lambda, mapping, state_of(mapping)));
    last = mapping.id;
  }
  json::ObjectBuilder output(call.arena);
  output.add("EventSourceMappings", json::make_array(call.arena, shown));
  if (has_more) output.add("NextMarker", last);
  co_return reply_with(output.build());
}

}  // namespace stepwell::lambda
