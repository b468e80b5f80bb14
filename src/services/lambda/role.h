#pragma once
// The role that a function works with: where it is enforced what callers may do, its processes have keys of a session
// of it.

#include "services/directory/access.h"
#include "services/lambda/functions.h"

namespace stepwell::lambda {

// A session of the role. Error AccessDenied.
Result<directory::PrincipalPtr> role_session(directory::AccessControl& access, const FunctionRecord& function);

// Keys for a process of the function. They hold as long as a process may live, and no longer than the role. Error
// AccessDeniedException where Lambda may not assume it.
Result<directory::Credentials> role_credentials(directory::AccessControl& access, const FunctionRecord& function);

// Whether Lambda may assume the role. nullptr, or where nothing is enforced: always. Error
// InvalidParameterValueException.
Result<void> check_assumable(directory::AccessControl* access, const FunctionRecord& function);

}  // namespace stepwell::lambda
