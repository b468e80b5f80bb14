#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> untag_role(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  CO_TRY_ASSIGN(const auto known, find_role(iam, call));
  Role role = *known;
  remove_tags(call, role.tags);
  CO_TRY(co_await iam.registry.save(std::move(role)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::iam
