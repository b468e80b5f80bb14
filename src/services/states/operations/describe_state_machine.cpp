#include "services/states/operations/support.h"

namespace stepwell::states {
namespace {

// What is shown: the machine as it is, or as it was when one of its versions was published.
struct Shown {
  std::string arn;
  std::string revision_id;
  RevisionRecord revision;
  Timestamp created{};
  std::string description;
};

Shown current(MachineRecord record) {
  return {.arn = record.arn,
          .revision_id = std::move(record.revision_id),
          .revision = {.type = std::move(record.type),
                       .role_arn = std::move(record.role_arn),
                       .definition = std::move(record.definition),
                       .logging = std::move(record.logging),
                       .tracing = std::move(record.tracing),
                       .encryption = std::move(record.encryption),
                       .revised = record.revised,
                       .created = record.updated},
          .created = record.created,
          .description = {}};
}

// An alias shows the version that gets most of its executions.
Result<VersionNumber> version_of(const States& states, const MachineReference& machine, Error missing) {
  if (machine.version() != 0) return machine.version();
  TRY_ASSIGN(const auto alias, states.aliases.find(machine.arn, machine.alias()));
  if (!alias) return fail(std::move(missing));
  return std::ranges::max_element(alias->routes, {}, &Route::weight)->version;
}

Result<Shown> find(const States& states, const MachineReference& machine, Error missing) {
  if (machine.qualifier.empty()) {
    TRY_ASSIGN(auto record, states.machines.find(machine.arn));
    if (!record) return fail(std::move(missing));
    return current(std::move(*record));
  }
  TRY_ASSIGN(const VersionNumber number, version_of(states, machine, missing));
  TRY_ASSIGN(auto version, states.machines.find_version(machine.arn, number));
  if (!version) return fail(std::move(missing));
  TRY_ASSIGN(auto revision, states.machines.find_revision(machine.arn, version->revision_id));
  if (!revision) return fail(std::move(missing));
  return Shown{.arn = version_arn(machine.arn, number),
               .revision_id = std::move(version->revision_id),
               .revision = std::move(*revision),
               .created = version->created,
               .description = std::move(version->description)};
}

}  // namespace

Task<Result<wire::Reply>> describe_state_machine(States& states, wire::Call& call) {
  const std::string_view arn = call.text("stateMachineArn");
  CO_TRY_ASSIGN(const MachineReference machine, read_machine_arn(arn));
  CO_TRY_ASSIGN(const Shown shown, find(states, machine, errors::state_machine_does_not_exist(arn)));
  const RevisionRecord& revision = shown.revision;
  json::Arena& arena = call.arena;
  json::ObjectBuilder output(arena);
  output.add("creationDate", date(arena, shown.created));
  const bool with_definition = call.text("includedData") != "METADATA_ONLY";
  if (with_definition) output.add("definition", revision.definition);
  if (!shown.description.empty()) output.add("description", shown.description);
  output.add("encryptionConfiguration", stored_json(arena, revision.encryption));
  output.add("loggingConfiguration", stored_json(arena, revision.logging));
  output.add("name", std::string_view(machine.arn).substr(machine.arn.rfind(':') + 1));
  if (revision.revised) output.add("revisionId", shown.revision_id);
  output.add("roleArn", revision.role_arn);
  output.add("stateMachineArn", shown.arn);
  output.add("status", "ACTIVE");
  output.add("tracingConfiguration", stored_json(arena, revision.tracing));
  output.add("type", revision.type);
  const auto compiled = with_definition ? states.machines.revision(machine.arn, shown.revision_id) : nullptr;
  if (compiled != nullptr) add_variable_references(output, arena, *compiled->machine);
  co_return reply(output.build());
}

}  // namespace stepwell::states
