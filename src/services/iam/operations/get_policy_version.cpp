#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> get_policy_version(Iam& iam, wire::Call& call) {
  CO_TRY_ASSIGN(const auto known, find_policy(iam, call));
  const auto version = find_version(*known, call.text("VersionId"));
  if (version == known->versions.end()) {
    co_return fail(errors::no_such_version(call.text("PolicyArn"), call.text("VersionId")));
  }
  json::ObjectBuilder shown(call.arena);
  shown.add("Document", show_document(version->document));
  for (const json::Member& member : show(call.arena, *known, *version).members()) shown.add(member.key, member.value);
  co_return reply_with(call, "PolicyVersion", shown.build());
}

}  // namespace stepwell::iam
