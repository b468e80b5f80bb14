#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> describe_state_machine(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const MachineReference machine, read_machine_arn(call.text("stateMachineArn")));
  CO_TRY_ASSIGN(const auto record, states.machines.find(machine.arn));
  if (!record || !machine.qualifier.empty())
    co_return fail(errors::state_machine_does_not_exist(call.text("stateMachineArn")));
  json::Arena& arena = call.arena;
  json::ObjectBuilder output(arena);
  output.add("creationDate", date(arena, record->created));
  const bool with_definition = call.text("includedData") != "METADATA_ONLY";
  if (with_definition) output.add("definition", record->definition);
  output.add("encryptionConfiguration", stored_json(arena, record->encryption));
  output.add("loggingConfiguration", stored_json(arena, record->logging));
  output.add("name", record->name);
  if (record->revised) output.add("revisionId", record->revision_id);
  output.add("roleArn", record->role_arn);
  output.add("stateMachineArn", record->arn);
  output.add("status", "ACTIVE");
  output.add("tracingConfiguration", stored_json(arena, record->tracing));
  output.add("type", record->type);
  const auto revision = with_definition ? states.machines.revision(record->arn, record->revision_id) : nullptr;
  if (revision != nullptr) add_variable_references(output, arena, *revision->machine);
  co_return reply(output.build());
}

}  // namespace stepwell::states
