// What an Express machine cannot wait for, and that it does not distribute.
#include "lang/asl/resource.h"
#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

void check_resource(const Resource& resource, const Place& place, Findings& findings) {
  if (resource.kind == Resource::Kind::activity) {
    findings.schema_error(place, "Express state machine does not support Activity ARN");
    return;
  }
  switch (resource.pattern) {
    case Pattern::request_response: break;
    case Pattern::sync:
    case Pattern::sync2:
      findings.schema_error(place, "Express state machine does not support '.sync' service integration");
      break;
    case Pattern::wait_for_task_token:
      // The space at the end is AWS's.
      findings.schema_error(place, "Express state machine does not support '.waitForTaskToken' service integration ");
      break;
  }
}

void check_mode(const StateNode& state, Findings& findings) {
  for (const std::string_view field : {"ItemProcessor", "Iterator"}) {
    const json::Value* processor = state.find(field);
    const json::Value* config = processor != nullptr ? processor->find("ProcessorConfig") : nullptr;
    const json::Value* mode = config != nullptr ? config->find("Mode") : nullptr;
    if (mode == nullptr || !mode->is_string() || mode->as_string() != "DISTRIBUTED") continue;
    findings.schema_error(state.place / field / "ProcessorConfig" / "Mode",
                          "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines");
  }
}

void check(const StateNode& state, const Document& document, Findings& findings) {
  if (document.type() != MachineType::express) return;
  if (state.is(map_state)) check_mode(state, findings);
  const json::Value* arn = state.is(task_state) ? state.find("Resource") : nullptr;
  if (arn == nullptr || !arn->is_string()) return;
  const std::optional<Resource> resource = parse_resource(arn->as_string());
  if (resource) check_resource(*resource, state.place / "Resource", findings);
}

}  // namespace

const Rule express_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
