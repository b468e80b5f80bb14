#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> update_state_machine(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const MachineReference machine, read_machine_arn(call.text("stateMachineArn")));
  if (!machine.qualifier.empty()) co_return fail(errors::state_machine_does_not_exist(call.text("stateMachineArn")));
  const bool names_a_change = call.has("definition") || call.has("roleArn") || call.has("loggingConfiguration") ||
                              call.has("tracingConfiguration") || call.has("encryptionConfiguration");
  if (!names_a_change) co_return fail(errors::missing_required_parameter());
  if (call.flag("publish")) co_return fail(errors::not_implemented("Publishing a version"));
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY_ASSIGN(auto record, states.machines.find(machine.arn));
  if (!record) co_return fail(errors::state_machine_does_not_exist(machine.arn));
  MachineRecord changed = *record;
  if (const auto definition = call.optional_text("definition")) {
    const bool express = changed.type == "EXPRESS";
    CO_TRY(check_definition(*definition, express ? asl::MachineType::express : asl::MachineType::standard));
    changed.definition = *definition;
  }
  if (const auto role = call.optional_text("roleArn")) {
    CO_TRY(check_role_arn(*role));
    changed.role_arn = *role;
  }
  CO_TRY_ASSIGN(changed.logging, logging_of(call, changed.logging));
  changed.tracing = configuration_of(call, "tracingConfiguration", changed.tracing);
  changed.encryption = configuration_of(call, "encryptionConfiguration", changed.encryption);
  // An update that changes nothing makes no revision.
  const bool any_change = changed.definition != record->definition || changed.role_arn != record->role_arn ||
                          changed.logging != record->logging || changed.tracing != record->tracing ||
                          changed.encryption != record->encryption;
  if (any_change) {
    changed.revision_id = make_uuid(states.random);
    changed.revised = true;
  }
  json::ObjectBuilder output(call.arena);
  output.add("updateDate", date(call.arena, states.clock.now()));
  if (changed.revised) output.add("revisionId", changed.revision_id);
  if (any_change) CO_TRY(co_await states.machines.save(std::move(changed)));
  co_return reply(output.build());
}

}  // namespace stepwell::states
