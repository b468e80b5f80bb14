#include "services/sts/operations/support.h"

namespace stepwell::sts {
namespace {

constexpr std::int64_t usual_seconds = 3'600;
constexpr std::int64_t longest_chained = 3'600;
constexpr std::size_t max_policies = 10;
constexpr std::size_t max_packed = 2'048;

Result<directory::RoleRequest> read_request(const wire::Call& call) {
  directory::RoleRequest request{.role_arn = std::string(call.text("RoleArn")),
                                 .session_name = std::string(call.text("RoleSessionName")),
                                 .external_id = std::string(call.text("ExternalId")),
                                 .policy = std::string(call.text("Policy")),
                                 .policies = {},
                                 .source_arn = {}};
  if (const json::Value* policies = call.member("PolicyArns")) {
    for (const json::Value& policy : policies->elements()) {
      const json::Value* arn = policy.find("arn");
      if (arn != nullptr && arn->is_string()) request.policies.emplace_back(arn->as_string());
    }
  }
  if (request.policies.size() > max_policies) {
    return fail(validation_error("The number of session policy ARNs must not exceed 10."));
  }
  return request;
}

Result<Duration> read_duration(const Sts& sts, const wire::Call& call) {
  const std::chrono::seconds asked{call.integer("DurationSeconds").value_or(usual_seconds)};
  const bool is_chained =
      call.caller.principal != nullptr && call.caller.principal->kind == wire::Principal::Kind::assumed_role;
  if (is_chained && asked > std::chrono::seconds(longest_chained)) {
    return fail(validation_error(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"));
  }
  if (asked > sts.access.longest_session(call.text("RoleArn"))) {
    return fail(validation_error("The requested DurationSeconds exceeds the MaxSessionDuration set for this role."));
  }
  return asked;
}

// How much of what a token may hold the policies take, in percent.
std::int64_t packed_size(const directory::RoleRequest& request) {
  std::size_t bytes = request.policy.size();
  for (const std::string& arn : request.policies) bytes += arn.size();
  return static_cast<std::int64_t>(std::min(bytes, max_packed) * 100 / max_packed);
}

}  // namespace

Task<Result<wire::Reply>> assume_role(Sts& sts, wire::Call& call) {
  CO_TRY(check_supported(call));
  CO_TRY_ASSIGN(const directory::RoleRequest request, read_request(call));
  CO_TRY_ASSIGN(const directory::PrincipalPtr session, sts.access.assume(call.caller, request));
  CO_TRY_ASSIGN(const Duration duration, read_duration(sts, call));
  const directory::Credentials credentials = sts.access.issue(*session, duration);
  json::ObjectBuilder output(call.arena);
  output.add("Credentials", show(call.arena, credentials));
  output.add("AssumedRoleUser",
             json::ObjectBuilder(call.arena).add("AssumedRoleId", session->id).add("Arn", session->arn).build());
  if (!request.policy.empty() || !request.policies.empty()) output.add("PackedPolicySize", packed_size(request));
  co_return reply_with(output.build());
}

}  // namespace stepwell::sts
