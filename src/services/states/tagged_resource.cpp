#include "services/states/tagged_resource.h"

#include "services/states/arns.h"
#include "services/states/errors.h"

namespace stepwell::states {

const std::string& TaggedResource::tags() const {
  return std::visit([](const auto& record) -> const std::string& { return record.tags; }, record);
}

Result<TaggedResource> find_tagged(const States& states, std::string_view arn) {
  if (check_activity_arn(arn)) {
    TRY_ASSIGN(auto activity, states.activities.find(arn));
    if (!activity) return fail(errors::resource_not_found(arn));
    return TaggedResource{std::move(*activity)};
  }
  TRY_ASSIGN(const MachineReference reference, read_machine_arn(arn));
  if (!reference.qualifier.empty()) return fail(errors::resource_not_found(arn));
  TRY_ASSIGN(auto machine, states.machines.find(reference.arn));
  if (!machine) return fail(errors::resource_not_found(arn));
  return TaggedResource{std::move(*machine)};
}

Task<Result<void>> save_tags(States& states, TaggedResource resource, std::string tags) {
  if (auto* activity = std::get_if<ActivityRecord>(&resource.record)) {
    activity->tags = std::move(tags);
    co_return co_await states.activities.save(std::move(*activity));
  }
  auto& machine = std::get<MachineRecord>(resource.record);
  machine.tags = std::move(tags);
  co_return co_await states.machines.save_head(std::move(machine));
}

}  // namespace stepwell::states
