#pragma once
// Policy of topics: who may use them. AddPermission and RemovePermission change its statements.

#include "base/error.h"
#include "services/sns/records.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::sns {

// The topic's own; where none was set, that the owner may do everything.
std::string policy_of(const Topic& topic);

// Error InvalidParameterException.
Result<void> check_policy(std::string_view text);

struct Permission {
  std::string_view label;
  std::vector<std::string_view> accounts;
  std::vector<std::string_view> actions;  // Publish
};
// Error InvalidParameterException for a label that is taken, and an action that SNS does not have.
Result<std::string> add_permission(std::string_view policy, std::string_view topic_arn, const Permission& permission);
// Error NotFoundException.
Result<std::string> remove_permission(std::string_view policy, std::string_view label);

}  // namespace stepwell::sns
