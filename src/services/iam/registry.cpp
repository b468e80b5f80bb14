#include "services/iam/registry.h"

#include "services/iam/aws_policies.h"
#include "services/iam/records.h"
#include "store/codec.h"
#include "store/commit.h"
#include "wire/arn.h"

#include <algorithm>
#include <future>

#include <fmt/format.h>

namespace stepwell::iam {
namespace {

using store::Table;

constexpr std::string_view key_name = "credentials key";
constexpr std::size_t key_bytes = 32;

Result<crypto::Sealer> open_sealer(store::Store& store) {
  TRY_ASSIGN(const auto stored, store.get(Table::meta, key_name));
  if (stored && stored->size() == key_bytes) return crypto::Sealer(*stored);
  const std::string key = crypto::random_bytes(key_bytes);
  store::Batch batch;
  batch.put(Table::meta, key_name, key);
  std::promise<Result<void>> written;
  store.commit(std::move(batch), [&written](Result<void> result) { written.set_value(std::move(result)); });
  TRY(written.get_future().get());
  return crypto::Sealer(key);
}

template <typename Read>
Result<void> read_all(store::Store& store, Table table, Read read) {
  const auto cursor = store.scan(table, {}, {}, store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    if (!read(cursor->key(), cursor->value())) {
      return fail(internal_error(fmt::format("A record of IAM cannot be read (table {}).", static_cast<int>(table))));
    }
  }
  return cursor->status();
}

template <typename Shelf>
auto find_in(const Shelf& shelf, std::string_view account, std::string_view name) {
  const auto found = shelf.find(entity_key(account, name));
  const bool is_it = found != shelf.end() && found->second->name == name;
  return is_it ? found->second : typename Shelf::mapped_type{};
}

template <typename Shelf>
auto all_of(const Shelf& shelf, std::string_view account) {
  std::vector<typename Shelf::mapped_type> found;
  const std::string prefix = store::KeyWriter().text(account).take();
  for (auto at = shelf.lower_bound(prefix); at != shelf.end() && at->first.starts_with(prefix); ++at) {
    found.push_back(at->second);
  }
  return found;
}

template <typename T>
std::string key_of(const T& entity) {
  return entity_key(entity.account, entity.name);
}

// What stands behind the last slash of "role/path/name".
std::string_view name_of(std::string_view resource) { return resource.substr(resource.rfind('/') + 1); }

}  // namespace

Result<std::unique_ptr<Registry>> Registry::open(store::Store& store, Scheduler& scheduler) {
  TRY_ASSIGN(crypto::Sealer sealer, open_sealer(store));
  std::unique_ptr<Registry> registry(new Registry(store, scheduler, std::move(sealer)));
  TRY(registry->load());
  return registry;
}

Result<void> Registry::load() {
  const auto keep = [](auto& shelf, std::string_view key, auto decoded) {
    using T = typename decltype(decoded)::value_type;
    if (!decoded) return false;
    shelf.emplace(std::string(key), std::make_shared<const T>(std::move(*decoded)));
    return true;
  };
  TRY(read_all(store_, Table::iam_user,
               [&](auto key, auto value) { return keep(users_, key, decode_user(key, value)); }));
  TRY(read_all(store_, Table::iam_role,
               [&](auto key, auto value) { return keep(roles_, key, decode_role(key, value)); }));
  TRY(read_all(store_, Table::iam_policy,
               [&](auto key, auto value) { return keep(policies_, key, decode_policy(key, value)); }));
  return read_all(store_, Table::access_key, [&](auto key, auto value) {
    auto decoded = decode_access_key(key, value, sealer_);
    if (!decoded) return false;
    const std::string id = decoded->id;
    return keep(keys_, id, std::move(decoded));
  });
}

Registry::UserPtr Registry::find_user(std::string_view account, std::string_view name) const {
  return find_in(users_, account, name);
}

Registry::RolePtr Registry::find_role(std::string_view account, std::string_view name) const {
  return find_in(roles_, account, name);
}

Registry::RolePtr Registry::find_role(std::string_view arn) const {
  const auto parsed = wire::Arn::parse(arn);
  if (!parsed || parsed->service != "iam" || !parsed->resource.starts_with("role/")) return nullptr;
  RolePtr role = find_role(parsed->account, name_of(parsed->resource));
  return role != nullptr && role->arn() == arn ? role : nullptr;
}

Registry::PolicyPtr Registry::find_policy(std::string_view arn) const {
  const auto parsed = wire::Arn::parse(arn);
  if (!parsed || parsed->service != "iam" || !parsed->resource.starts_with("policy/")) return nullptr;
  if (parsed->account == "aws") return find_aws_policy(arn);
  PolicyPtr policy = find_in(policies_, parsed->account, name_of(parsed->resource));
  return policy != nullptr && policy->arn() == arn ? policy : nullptr;
}

Registry::KeyPtr Registry::find_key(std::string_view id) const {
  const auto found = keys_.find(id);
  return found == keys_.end() ? nullptr : found->second;
}

bool Registry::is_taken_user(std::string_view account, std::string_view name) const {
  return users_.contains(entity_key(account, name));
}
bool Registry::is_taken_role(std::string_view account, std::string_view name) const {
  return roles_.contains(entity_key(account, name));
}
bool Registry::is_taken_policy(std::string_view account, std::string_view name) const {
  return policies_.contains(entity_key(account, name));
}

std::vector<Registry::UserPtr> Registry::users(std::string_view account) const { return all_of(users_, account); }
std::vector<Registry::RolePtr> Registry::roles(std::string_view account) const { return all_of(roles_, account); }
std::vector<Registry::PolicyPtr> Registry::policies(std::string_view account) const {
  return all_of(policies_, account);
}

std::vector<Registry::KeyPtr> Registry::keys(std::string_view account, std::string_view user) const {
  std::vector<KeyPtr> found;
  for (const auto& [id, key] : keys_) {
    if (key->account == account && key->user == user) found.push_back(key);
  }
  return found;
}

std::size_t Registry::attachments(std::string_view policy_arn) const {
  const auto has_it = [policy_arn](const auto& entry) {
    return std::ranges::find(entry.second->attached, policy_arn) != entry.second->attached.end();
  };
  return static_cast<std::size_t>(std::ranges::count_if(users_, has_it) + std::ranges::count_if(roles_, has_it));
}

std::size_t Registry::bounded_by(std::string_view policy_arn) const {
  const auto is_it = [policy_arn](const auto& entry) { return entry.second->boundary == policy_arn; };
  return static_cast<std::size_t>(std::ranges::count_if(users_, is_it) + std::ranges::count_if(roles_, is_it));
}

Task<Result<void>> Registry::save(User user) {
  store::Batch batch;
  const std::string key = key_of(user);
  batch.put(Table::iam_user, key, encode(user));
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  users_[key] = std::make_shared<const User>(std::move(user));
  co_return Result<void>();
}

Task<Result<void>> Registry::save(Role role) {
  store::Batch batch;
  const std::string key = key_of(role);
  batch.put(Table::iam_role, key, encode(role));
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  roles_[key] = std::make_shared<const Role>(std::move(role));
  co_return Result<void>();
}

Task<Result<void>> Registry::save(ManagedPolicy policy) {
  store::Batch batch;
  const std::string key = key_of(policy);
  batch.put(Table::iam_policy, key, encode(policy));
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  policies_[key] = std::make_shared<const ManagedPolicy>(std::move(policy));
  co_return Result<void>();
}

Task<Result<void>> Registry::save(AccessKey key) {
  store::Batch batch;
  batch.put(Table::access_key, store::KeyWriter().text(key.id).view(), encode(key, sealer_));
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  const std::string id = key.id;
  keys_[id] = std::make_shared<const AccessKey>(std::move(key));
  co_return Result<void>();
}

Task<Result<void>> Registry::remove(const User& user) {
  const std::string key = key_of(user);
  store::Batch batch;
  batch.erase(Table::iam_user, key);
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  users_.erase(key);
  co_return Result<void>();
}

Task<Result<void>> Registry::remove(const Role& role) {
  const std::string key = key_of(role);
  store::Batch batch;
  batch.erase(Table::iam_role, key);
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  roles_.erase(key);
  co_return Result<void>();
}

Task<Result<void>> Registry::remove(const ManagedPolicy& policy) {
  const std::string key = key_of(policy);
  store::Batch batch;
  batch.erase(Table::iam_policy, key);
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  policies_.erase(key);
  co_return Result<void>();
}

Task<Result<void>> Registry::remove(const AccessKey& key) {
  const std::string id = key.id;
  store::Batch batch;
  batch.erase(Table::access_key, store::KeyWriter().text(id).view());
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  keys_.erase(id);
  co_return Result<void>();
}

Task<Result<void>> Registry::rename(const User& user, User renamed) {
  const std::string before = key_of(user);
  const std::string after = key_of(renamed);
  std::vector<AccessKey> moved;
  store::Batch batch;
  batch.erase(Table::iam_user, before);
  batch.put(Table::iam_user, after, encode(renamed));
  for (const KeyPtr& key : keys(user.account, user.name)) {
    AccessKey& copy = moved.emplace_back(*key);
    copy.user = renamed.name;
    batch.put(Table::access_key, store::KeyWriter().text(copy.id).view(), encode(copy, sealer_));
  }
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  users_.erase(before);
  users_[after] = std::make_shared<const User>(std::move(renamed));
  for (AccessKey& key : moved) {
    const std::string id = key.id;
    keys_[id] = std::make_shared<const AccessKey>(std::move(key));
  }
  co_return Result<void>();
}

}  // namespace stepwell::iam
