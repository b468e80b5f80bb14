#include "lang/asl/machine.h"
#include "services/states/operations/support.h"

namespace stepwell::states {

// The machine is shown as the execution runs it, whatever has become of it since.
Task<Result<wire::Reply>> describe_state_machine_for_execution(States& states, wire::Call& call) {
  const std::string_view arn = call.text("executionArn");
  CO_TRY_ASSIGN(const engine::ExecutionId id, find_execution(states, arn));
  CO_TRY_ASSIGN(const auto view, states.queries.describe(id));
  if (!view) co_return fail(errors::execution_does_not_exist(arn));
  const engine::ExecutionRecord& execution = view->record;
  CO_TRY_ASSIGN(const auto record, states.machines.find_revision(execution.machine_arn, execution.revision_id));
  const auto revision = states.machines.revision(execution.machine_arn, execution.revision_id);
  if (!record || revision == nullptr) co_return fail(errors::state_machine_does_not_exist(execution.machine_arn));
  json::Arena& arena = call.arena;
  json::ObjectBuilder output(arena);
  const bool with_definition = call.text("includedData") != "METADATA_ONLY";
  if (with_definition) output.add("definition", record->definition);
  output.add("encryptionConfiguration", stored_json(arena, record->encryption));
  output.add("loggingConfiguration", stored_json(arena, record->logging));
  output.add("name", revision->machine_name);
  if (record->revised) output.add("revisionId", execution.revision_id);
  output.add("roleArn", record->role_arn);
  output.add("stateMachineArn", execution.machine_arn);
  output.add("tracingConfiguration", stored_json(arena, record->tracing));
  if (with_definition) add_variable_references(output, arena, *revision->machine);
  output.add("updateDate", date(arena, record->created.value_or(execution.started)));
  co_return reply(output.build());
}

}  // namespace stepwell::states
