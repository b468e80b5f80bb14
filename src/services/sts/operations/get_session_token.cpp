#include "services/sts/operations/support.h"

namespace stepwell::sts {
namespace {

constexpr std::int64_t usual_seconds = 12 * 3'600;
constexpr std::int64_t longest_of_root = 3'600;

}  // namespace

Task<Result<wire::Reply>> get_session_token(Sts& sts, wire::Call& call) {
  CO_TRY(check_supported(call));
  if (call.caller.access_key.starts_with("ASIA")) {
    co_return fail(Error{.code = "AccessDenied",
                         .message = "Cannot call GetSessionToken with session credentials",
                         .detail = {},
                         .status = 403});
  }
  const wire::Principal principal = principal_of(call.caller);
  std::int64_t seconds = call.integer("DurationSeconds").value_or(usual_seconds);
  if (principal.kind == wire::Principal::Kind::root) seconds = std::min(seconds, longest_of_root);
  const directory::Credentials credentials = sts.access.issue(principal, std::chrono::seconds(seconds));
  co_return reply_with(json::ObjectBuilder(call.arena).add("Credentials", show(call.arena, credentials)).build());
}

}  // namespace stepwell::sts
