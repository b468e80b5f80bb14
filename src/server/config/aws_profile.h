#pragma once
// Keys as AWS's own tools find them: in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN),
// else in a profile of ~/.aws/credentials or ~/.aws/config. Profiles that get their keys elsewhere (role_arn,
// sso_session, credential_process) are errors that say so.

#include "base/error.h"
#include "server/config/environment.h"
#include "wire/sigv4.h"

#include <optional>
#include <string>

namespace stepwell::server {

// `profile`: only its keys; empty: the environment's, else those of AWS_PROFILE or of the profile "default", else none.
// Errors "NoSuchProfile", "UnusableProfile", "IncompleteCredentials", "FileNotReadable".
Result<std::optional<wire::Credentials>> find_credentials(const Environment& environment, const std::string& profile);

}  // namespace stepwell::server
