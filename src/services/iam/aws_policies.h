#pragma once
// Policies of AWS's own that are known here: arn:aws:iam::aws:policy/AdministratorAccess. One line in aws_policies.def
// each, with what of them matters to the services that are here.

#include "services/iam/entities.h"

#include <memory>
#include <string_view>
#include <vector>

namespace stepwell::iam {

// nullptr: none is known by that ARN.
std::shared_ptr<const ManagedPolicy> find_aws_policy(std::string_view arn);
const std::vector<std::shared_ptr<const ManagedPolicy>>& aws_policies();  // by name

}  // namespace stepwell::iam
