#pragma once
// The roles of a task: its containers work with a session of the task role, and their logs are written with the
// execution role, where it is enforced what callers may do.

#include "base/error.h"
#include "lang/json/value.h"
#include "services/directory/access.h"
#include "services/ecs/records.h"

#include <string>
#include <utility>
#include <vector>

namespace stepwell::ecs {

// What containers are told of this server.
struct Surroundings {
  std::string endpoint_url;  // empty: SDKs inside containers use their own
  std::string access_key, secret_key;
  directory::AccessControl* access = nullptr;
};

using Environment = std::vector<std::pair<std::string, std::string>>;

// The variables that a container gets beside its own. Error ClientException where ECS may not assume the task role.
Result<Environment> environment_of(const TaskRecord& task, const Surroundings& surroundings);

// Whether ECS may assume the roles of the plan. Error ClientException.
Result<void> check_roles(const json::Value& plan, directory::AccessControl* access);

// Whose permissions the task's logs are written with; nullptr: nobody is asked.
Result<directory::PrincipalPtr> log_principal(const TaskRecord& task, directory::AccessControl* access);

}  // namespace stepwell::ecs
