#include "services/sts/operations/support.h"

#include <fmt/format.h>

namespace stepwell::sts {

wire::Principal principal_of(const wire::Caller& caller) {
  if (caller.principal != nullptr) return *caller.principal;
  wire::Principal root;
  root.account = root.id = caller.account;
  root.arn = fmt::format("arn:aws:iam::{}:root", caller.account);
  return root;
}

json::Value show(json::Arena& arena, const directory::Credentials& credentials) {
  const auto expires = std::chrono::floor<std::chrono::seconds>(credentials.expiration);
  const auto milliseconds = std::chrono::duration_cast<Duration>(expires.time_since_epoch()).count();
  return json::ObjectBuilder(arena)
      .add("AccessKeyId", credentials.access_key)
      .add("SecretAccessKey", credentials.secret_key)
      .add("SessionToken", credentials.session_token)
      .add("Expiration", wire::epoch_seconds(arena, milliseconds))
      .build();
}

Error validation_error(std::string message) {
  return {.code = "ValidationError", .message = std::move(message), .detail = {}};
}

Result<void> check_supported(const wire::Call& call) {
  for (const std::string_view member : {"SerialNumber", "TokenCode", "Tags", "TransitiveTagKeys", "SourceIdentity"}) {
    if (call.has(member)) return fail(directory::not_implemented(fmt::format("{}: {}", call.operation->name, member)));
  }
  return {};
}

}  // namespace stepwell::sts
