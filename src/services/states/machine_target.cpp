#include "services/states/machine_target.h"

#include "services/states/errors.h"

namespace stepwell::states {

Result<MachineTarget> find_target(States& states, const MachineReference& machine) {
  MachineTarget target;
  if (machine.qualifier.empty()) {
    TRY_ASSIGN(target.revision, states.machines.current(machine.arn));
    return target;
  }
  const auto missing = [&] {
    return fail(errors::state_machine_does_not_exist(fmt::format("{}:{}", machine.arn, machine.qualifier)));
  };
  VersionNumber number = machine.version();
  if (number == 0) {
    TRY_ASSIGN(const auto alias, states.aliases.find(machine.arn, machine.alias()));
    if (!alias) return missing();
    number = choose(*alias, states.random);
    target.alias_arn = alias_arn(machine.arn, alias->name);
  }
  TRY_ASSIGN(const auto version, states.machines.find_version(machine.arn, number));
  if (!version) return missing();
  target.version_arn = version_arn(machine.arn, number);
  target.revision = states.machines.revision(machine.arn, version->revision_id);
  if (target.revision == nullptr) return missing();
  return target;
}

}  // namespace stepwell::states
