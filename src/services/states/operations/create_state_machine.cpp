#include "services/states/operations/support.h"

namespace stepwell::states {
namespace {

// What makes a second call of CreateStateMachine the same call (spec §2): role and tags do not count.
bool same_machine(const MachineRecord& a, const MachineRecord& b) {
  return a.definition == b.definition && a.type == b.type && a.logging == b.logging && a.tracing == b.tracing &&
         a.encryption == b.encryption;
}

Result<MachineRecord> read_machine(States& states, const wire::Call& call) {
  MachineRecord record;
  record.name = call.text("name");
  TRY(check_name(record.name));
  TRY(check_role_arn(call.text("roleArn")));
  record.arn = machine_arn(call.caller, record.name);
  record.type = call.optional_text("type").value_or("STANDARD");
  record.definition = call.text("definition");
  record.role_arn = call.text("roleArn");
  TRY(check_definition(record.definition,
                       record.type == "EXPRESS" ? asl::MachineType::express : asl::MachineType::standard));
  TRY_ASSIGN(record.logging, logging_of(call, no_logging));
  record.tracing = configuration_of(call, "tracingConfiguration", no_tracing);
  record.encryption = configuration_of(call, "encryptionConfiguration", owned_key);
  record.tags = configuration_of(call, "tags", "[]");
  record.revision_id = make_uuid(states.random);
  record.created = states.clock.now();
  return record;
}

}  // namespace

Task<Result<wire::Reply>> create_state_machine(States& states, wire::Call& call) {
  if (call.flag("publish")) co_return fail(errors::not_implemented("Publishing a version"));
  CO_TRY_ASSIGN(MachineRecord record, read_machine(states, call));
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY_ASSIGN(const auto existing, states.machines.find(record.arn));
  if (existing && !same_machine(*existing, record)) co_return fail(errors::state_machine_already_exists(record.arn));
  const Timestamp created = existing ? existing->created : record.created;
  json::ObjectBuilder output(call.arena);
  output.add("creationDate", date(call.arena, created));
  output.add("stateMachineArn", record.arn);
  if (!existing) CO_TRY(co_await states.machines.save(std::move(record)));
  co_return reply(output.build());
}

}  // namespace stepwell::states
