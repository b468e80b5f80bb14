#include "lang/asl/machine.h"
#include "services/states/operations/support.h"

namespace stepwell::states {

// The definition is the one that the execution runs, whatever the machine is now.
Task<Result<wire::Reply>> describe_state_machine_for_execution(States& states, wire::Call& call) {
  const std::string_view arn = call.text("executionArn");
  CO_TRY_ASSIGN(const engine::ExecutionId id, find_execution(states, arn));
  CO_TRY_ASSIGN(const auto view, states.queries.describe(id));
  if (!view) co_return fail(errors::execution_does_not_exist(arn));
  const auto revision = states.machines.revision(view->record.machine_arn, view->record.revision_id);
  if (revision == nullptr) co_return fail(errors::state_machine_does_not_exist(view->record.machine_arn));
  CO_TRY_ASSIGN(const auto machine, states.machines.find(revision->machine_arn));
  json::Arena& arena = call.arena;
  json::ObjectBuilder output(arena);
  const bool with_definition = call.text("includedData") != "METADATA_ONLY";
  if (with_definition) output.add("definition", revision->machine->definition());
  output.add("encryptionConfiguration",
             stored_json(arena, machine ? std::string_view(machine->encryption) : owned_key));
  output.add("loggingConfiguration", stored_json(arena, machine ? std::string_view(machine->logging) : no_logging));
  output.add("name", revision->machine_name);
  if (machine && machine->revised) output.add("revisionId", revision->revision_id);
  output.add("roleArn", revision->role_arn);
  output.add("stateMachineArn", revision->machine_arn);
  output.add("tracingConfiguration", stored_json(arena, machine ? std::string_view(machine->tracing) : no_tracing));
  if (with_definition) add_variable_references(output, arena, *revision->machine);
  output.add("updateDate", date(arena, machine ? machine->created : view->record.started));
  co_return reply(output.build());
}

}  // namespace stepwell::states
