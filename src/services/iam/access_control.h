#pragma once
// The port of services/directory/access.h over what IAM keeps, and the keys that the command line gives: those are the
// account's root, who may do everything in it.

#include "base/ports.h"
#include "services/directory/access.h"
#include "services/iam/decision.h"
#include "services/iam/registry.h"
#include "services/iam/resource_policies.h"
#include "services/iam/root_key.h"
#include "services/iam/sessions.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepwell::iam {

struct LastUse {
  Timestamp at{};
  std::string service, region;
};

class Access final : public directory::AccessControl {
 public:
  Access(Registry& registry, Clock& clock, const std::vector<RootKey>& root_keys, directory::Enforcement enforcement);

  Result<directory::Identity> identify(std::string_view access_key, std::string_view session_token) override;
  Result<void> authorize(const wire::Call& call, const directory::Need& need,
                         const directory::TagLookup& tag_of) override;
  Result<directory::PrincipalPtr> assume(const wire::Caller& caller, const directory::RoleRequest& request) override;
  Result<directory::PrincipalPtr> assume_for(std::string_view service, const directory::RoleRequest& request) override;
  directory::Credentials issue(const wire::Principal& principal, Duration duration) override;
  Duration longest_session(std::string_view role_arn) const override;
  Result<std::string> account_of(std::string_view access_key) const override;
  void used(std::string_view access_key, std::string_view service, std::string_view region) override;

  // nullptr: not since the program's start.
  const LastUse* last_use(std::string_view access_key) const;

 private:
  Result<directory::Identity> identify_session(std::string_view access_key, std::string_view token);
  Decision weigh(const wire::Principal& principal, bool is_own, const policy::Finding& theirs,
                 const policy::Request& asked) const;
  bool still_there(const wire::Principal& principal) const;
  Result<void> check_trust(const Role* role, const wire::Caller& caller, const directory::RoleRequest& request) const;

  Registry& registry_;
  Clock& clock_;
  Sessions sessions_;
  ResourcePolicies resource_policies_;
  std::map<std::string, directory::Identity, std::less<>> roots_;  // by key
  // Principals of users' keys, made once for each value of the user.
  struct Known {
    Registry::UserPtr user;
    directory::PrincipalPtr principal;
  };
  std::map<std::string, Known, std::less<>> known_;  // by key
  std::map<std::string, LastUse, std::less<>> uses_;
};

// arn:aws:iam::123456789012:root
directory::PrincipalPtr root_of(std::string_view account);

}  // namespace stepwell::iam
