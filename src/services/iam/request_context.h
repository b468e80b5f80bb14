#pragma once
// What conditions can ask of a call: the global keys of AWS and some of the services'. Nothing is worked out before a
// condition asks for it.

#include "base/ports.h"
#include "lang/policy/context.h"
#include "services/directory/access.h"
#include "services/iam/registry.h"
#include "wire/call.h"

#include <string>
#include <string_view>

namespace stepwell::iam {

struct RequestFacts {
  const Registry& registry;
  Clock& clock;
  const wire::Caller& caller;
  const wire::Principal& principal;  // the caller's
  const directory::Need& need;
  const wire::Call* call = nullptr;                 // nullptr: no call of an API
  const directory::TagLookup* tag_of = nullptr;     // nullptr: nothing has tags
  const directory::RoleRequest* assumed = nullptr;  // of sts:AssumeRole
};

class RequestContext final : public policy::Context {
 public:
  explicit RequestContext(const RequestFacts& facts) : facts_(facts) {}
  std::optional<policy::Values> find(std::string_view key) const override;

 private:
  RequestFacts facts_;
};

}  // namespace stepwell::iam
