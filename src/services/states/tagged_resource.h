#pragma once
// What an ARN of the tagging operations names: a state machine or an activity. Versions and aliases have no tags.

#include "services/states/states.h"

#include <string>
#include <string_view>
#include <variant>

namespace stepwell::states {

struct TaggedResource {
  std::variant<MachineRecord, ActivityRecord> record;
  const std::string& tags() const;
};

// Errors InvalidArn, ResourceNotFound.
Result<TaggedResource> find_tagged(const States& states, std::string_view arn);
// Held: Machines::changes().
Task<Result<void>> save_tags(States& states, TaggedResource resource, std::string tags);

}  // namespace stepwell::states
