#include "services/batch/operations/support.h"
#include "store/codec.h"

#include <algorithm>

namespace stepwell::batch {
namespace {

Result<bool> is_used(const Jobs& jobs, const Place& environment) {
  const std::string arn = environment.arn();
  const std::string prefix = places_prefix(environment.account, environment.region);
  bool used = false;
  json::Arena arena;
  TRY(jobs.catalog.visit(Kind::queue, prefix, store::prefix_end(prefix), store::Direction::forward,
                         [&](const Place&, std::string_view text) {
                           used = std::ranges::any_of(
                               elements_of(read_document(arena, text), "computeEnvironmentOrder"),
                               [&arn](const json::Value& each) { return text_of(each, "computeEnvironment") == arn; });
                           return !used;
                         }));
  return used;
}

}  // namespace

Task<Result<wire::Reply>> delete_compute_environment(Jobs& jobs, wire::Call& call) {
  const auto lock = co_await jobs.catalog.changes().lock();
  const auto found = find_environment(jobs, call, call.text("computeEnvironment"));
  if (!found) co_return reply_with_nothing(call);  // as on AWS
  if (text_of(found->document, "state") != "DISABLED") co_return fail(errors::not_disabled());
  CO_TRY_ASSIGN(const bool used, is_used(jobs, found->place));
  if (used) co_return fail(errors::environment_in_use());
  CO_TRY(co_await jobs.catalog.remove(found->place));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::batch
