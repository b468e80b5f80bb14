#pragma once
// All that IAM keeps, in memory and in the store: read at the start, and looked up without the store from then on,
// since every request asks.

#include "base/async_mutex.h"
#include "base/error.h"
#include "base/task.h"
#include "base/timer.h"
#include "crypto/seal.h"
#include "services/iam/entities.h"
#include "store/store.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepwell::iam {

class Registry {
 public:
  using UserPtr = std::shared_ptr<const User>;
  using RolePtr = std::shared_ptr<const Role>;
  using PolicyPtr = std::shared_ptr<const ManagedPolicy>;
  using KeyPtr = std::shared_ptr<const AccessKey>;

  static Result<std::unique_ptr<Registry>> open(store::Store& store, Scheduler& scheduler);

  // Held while something is looked for and made, changed or taken away, so that two such do not cross.
  AsyncMutex& changes() { return changes_; }
  // Seals what leaves the server and has to come back.
  const crypto::Sealer& sealer() const { return sealer_; }

  // nullptr: there is none.
  UserPtr find_user(std::string_view account, std::string_view name) const;
  RolePtr find_role(std::string_view account, std::string_view name) const;
  RolePtr find_role(std::string_view arn) const;
  PolicyPtr find_policy(std::string_view arn) const;
  KeyPtr find_key(std::string_view id) const;
  bool is_taken_user(std::string_view account, std::string_view name) const;
  bool is_taken_role(std::string_view account, std::string_view name) const;
  bool is_taken_policy(std::string_view account, std::string_view name) const;

  // In the order of their names.
  std::vector<UserPtr> users(std::string_view account) const;
  std::vector<RolePtr> roles(std::string_view account) const;
  std::vector<PolicyPtr> policies(std::string_view account) const;  // of the customer's own
  std::vector<KeyPtr> keys(std::string_view account, std::string_view user) const;
  // Users and roles that a policy is attached to.
  std::size_t attachments(std::string_view policy_arn) const;
  // Users and roles that it bounds.
  std::size_t bounded_by(std::string_view policy_arn) const;

  // Known to others when the store has it.
  Task<Result<void>> save(User user);
  Task<Result<void>> save(Role role);
  Task<Result<void>> save(ManagedPolicy policy);
  Task<Result<void>> save(AccessKey key);
  Task<Result<void>> remove(const User& user);
  Task<Result<void>> remove(const Role& role);
  Task<Result<void>> remove(const ManagedPolicy& policy);
  Task<Result<void>> remove(const AccessKey& key);
  // The user under another name, with its keys.
  Task<Result<void>> rename(const User& user, User renamed);

 private:
  Registry(store::Store& store, Scheduler& scheduler, crypto::Sealer sealer)
      : store_(store), scheduler_(scheduler), sealer_(std::move(sealer)) {}
  Result<void> load();

  template <typename T>
  using Shelf = std::map<std::string, std::shared_ptr<const T>, std::less<>>;  // by entity_key

  store::Store& store_;
  Scheduler& scheduler_;
  crypto::Sealer sealer_;
  AsyncMutex changes_;
  Shelf<User> users_;
  Shelf<Role> roles_;
  Shelf<ManagedPolicy> policies_;
  std::map<std::string, KeyPtr, std::less<>> keys_;
};

}  // namespace stepwell::iam
