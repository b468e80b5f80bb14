// An integration needs its parameters, and of those the ones without which the call means nothing.
#include "lang/asl/resource.h"
#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

struct Needed {
  std::string_view service;
  std::string_view action;
  std::string_view parameter;
};

constexpr auto needed = std::to_array<Needed>({
    {"lambda", "invoke", "FunctionName"},
    {"sqs", "sendMessage", "QueueUrl"},
    {"sqs", "sendMessage", "MessageBody"},
    {"sns", "publish", "Message"},
    {"dynamodb", "putItem", "TableName"},
    {"dynamodb", "putItem", "Item"},
    {"dynamodb", "getItem", "TableName"},
    {"dynamodb", "getItem", "Key"},
    {"states", "startExecution", "StateMachineArn"},
    {"events", "putEvents", "Entries"},
    {"ecs", "runTask", "TaskDefinition"},
    {"glue", "startJobRun", "JobName"},
});

void check(const StateNode& state, const Document&, Findings& findings) {
  const json::Value* arn = state.is(task_state) ? state.find("Resource") : nullptr;
  if (arn == nullptr || !arn->is_string()) return;
  const std::optional<Resource> resource = parse_resource(arn->as_string());
  if (!resource || resource->kind != Resource::Kind::integration) return;
  const bool jsonpath = state.language == QueryLanguage::jsonpath;
  const std::string_view field = jsonpath ? "Parameters" : "Arguments";
  const json::Value* parameters = state.find(field);
  if (parameters == nullptr) {
    findings.schema_error(state.place, fmt::format("{} field is required for resource ARN: {}", field, resource->arn));
    return;
  }
  if (!parameters->is_object()) return;
  for (const Needed& one : needed) {
    if (one.service != resource->service || one.action != resource->action) continue;
    const bool given = parameters->find(one.parameter) != nullptr ||
                       (jsonpath && parameters->find(std::string(one.parameter) + ".$") != nullptr);
    if (given) continue;
    findings.schema_error(state.place / field,
                          fmt::format("The field '{}' is required but was missing", one.parameter));
  }
}

}  // namespace

const Rule integration_parameters_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
