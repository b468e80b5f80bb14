#pragma once
// What several operations do in the same way.

#include "lang/json/build.h"
#include "services/directory/not_implemented.h"
#include "services/sts/sts.h"
#include "wire/call.h"

#include <string>
#include <string_view>

namespace stepwell::sts {

inline wire::Reply reply_with(json::Value output) {
  wire::Reply reply;
  reply.output = output;
  return reply;
}

// The caller; where nobody is asked who they are, the root of the account.
wire::Principal principal_of(const wire::Caller& caller);

json::Value show(json::Arena& arena, const directory::Credentials& credentials);

Error validation_error(std::string message);
// Refuses what this version does not know rather than to let it out. Error NotImplemented.
Result<void> check_supported(const wire::Call& call);

}  // namespace stepwell::sts
