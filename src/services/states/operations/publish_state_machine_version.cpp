#include "services/states/operations/support.h"

namespace stepwell::states {
namespace {

// How callers name the revision of a machine that has never been changed.
constexpr std::string_view initial_revision = "INITIAL";

}  // namespace

// A revision has one version: publishing it once more gives that, whatever the description.
Task<Result<wire::Reply>> publish_state_machine_version(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const MachineReference machine, read_machine_arn(call.text("stateMachineArn")));
  if (machine.is_labelled()) co_return fail(labelled(call));
  if (!machine.qualifier.empty()) co_return fail(errors::state_machine_does_not_exist(call.text("stateMachineArn")));
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY_ASSIGN(auto record, states.machines.find(machine.arn));
  if (!record) co_return fail(errors::state_machine_does_not_exist(machine.arn));
  const std::string_view current = record->revised ? std::string_view(record->revision_id) : initial_revision;
  if (const auto wanted = call.optional_text("revisionId"); wanted && *wanted != current) {
    co_return fail(
        errors::conflict(fmt::format("Failed to publish the State Machine version for revision {}. The "
                                     "current State Machine revision is {}.",
                                     *wanted, current)));
  }
  CO_TRY_ASSIGN(auto version, states.machines.find_version(machine.arn, record->published));
  if (!version) {
    CO_TRY(check_versions(states, machine.arn));
    version = publish(*record, call.text("description"), states.clock.now());
    CO_TRY(co_await states.machines.save_head(std::move(*record), *version));
  }
  co_return reply(json::ObjectBuilder(call.arena)
                      .add("creationDate", date(call.arena, version->created))
                      .add("stateMachineVersionArn", version_arn(machine.arn, version->number))
                      .build());
}

}  // namespace stepwell::states
