#include "services/states/operations/support.h"
#include "services/states/tags.h"
#include "services/states/task_role.h"

namespace stepwell::states {
namespace {

// What makes a second call of CreateStateMachine the same call (spec §2): role and tags do not count.
bool same_machine(const MachineRecord& a, const MachineRecord& b) {
  return a.definition == b.definition && a.type == b.type && a.logging == b.logging && a.tracing == b.tracing &&
         a.encryption == b.encryption && a.created_published == b.created_published &&
         a.created_description == b.created_description;
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
  TRY_ASSIGN(record.encryption, encryption_of(call, owned_key));
  TRY_ASSIGN(record.tags, with_tags(no_tags, call.member("tags"), record.arn));
  TRY_ASSIGN(record.created_description, version_description_of(call));
  record.created_published = call.flag("publish");
  record.revision_id = make_uuid(states.random);
  record.created = record.updated = states.clock.now();
  return record;
}

}  // namespace

Task<Result<wire::Reply>> create_state_machine(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(MachineRecord record, read_machine(states, call));
  CO_TRY(check_assumable(states, record.role_arn, record.arn));
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY_ASSIGN(const auto existing, states.machines.find(record.arn));
  if (existing && !same_machine(*existing, record)) co_return fail(errors::state_machine_already_exists(record.arn));
  std::optional<VersionRecord> version;
  if (!existing && record.created_published) version = publish(record, record.created_description, record.created);
  const MachineRecord& made = existing ? *existing : record;
  json::ObjectBuilder output(call.arena);
  output.add("creationDate", date(call.arena, made.created));
  output.add("stateMachineArn", made.arn);
  if (made.created_published && made.published != 0) {
    output.add("stateMachineVersionArn", version_arn(made.arn, made.published));
  }
  wire::Reply answer = reply(output.build());
  add_encryption_limit(answer, record.encryption);
  if (!existing) CO_TRY(co_await states.machines.save(std::move(record), std::move(version)));
  co_return answer;
}

}  // namespace stepwell::states
