#include "services/states/operations/support.h"
#include "services/states/task_role.h"

namespace stepwell::states {

Task<Result<wire::Reply>> update_state_machine(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const MachineReference machine, read_machine_arn(call.text("stateMachineArn")));
  if (!machine.qualifier.empty()) co_return fail(errors::state_machine_does_not_exist(call.text("stateMachineArn")));
  const bool names_a_change = call.has("definition") || call.has("roleArn") || call.has("loggingConfiguration") ||
                              call.has("tracingConfiguration") || call.has("encryptionConfiguration");
  if (!names_a_change) co_return fail(errors::missing_required_parameter());
  CO_TRY_ASSIGN(const std::string description, version_description_of(call));
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
    CO_TRY(check_assumable(states, *role, machine.arn));
    changed.role_arn = *role;
  }
  CO_TRY_ASSIGN(changed.logging, logging_of(call, changed.logging));
  changed.tracing = configuration_of(call, "tracingConfiguration", changed.tracing);
  CO_TRY_ASSIGN(changed.encryption, encryption_of(call, changed.encryption));
  // An update that changes nothing makes no revision.
  const bool any_change = changed.definition != record->definition || changed.role_arn != record->role_arn ||
                          changed.logging != record->logging || changed.tracing != record->tracing ||
                          changed.encryption != record->encryption;
  const Timestamp now = states.clock.now();
  if (any_change) {
    changed.revision_id = make_uuid(states.random);
    changed.revised = true;
    changed.updated = now;
    changed.published = 0;
  }
  // A revision that is published already gets no second version.
  std::optional<VersionRecord> version;
  if (call.flag("publish") && changed.published == 0) {
    CO_TRY(check_versions(states, changed.arn));
    version = publish(changed, description, now);
  }
  json::ObjectBuilder output(call.arena);
  output.add("updateDate", date(call.arena, now));
  if (changed.revised) output.add("revisionId", changed.revision_id);
  if (call.flag("publish")) output.add("stateMachineVersionArn", version_arn(changed.arn, changed.published));
  wire::Reply answer = reply(output.build());
  add_encryption_limit(answer, changed.encryption);
  if (any_change)
    CO_TRY(co_await states.machines.save(std::move(changed), std::move(version)));
  else if (version)
    CO_TRY(co_await states.machines.save_head(std::move(changed), std::move(version)));
  co_return answer;
}

}  // namespace stepwell::states
