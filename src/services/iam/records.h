#pragma once
// Users, roles, policies and access keys as the store keeps them (store/tables.def). Every value begins with a version
// byte. Secrets of access keys are sealed with the data directory's key, so that a copy of the table alone tells none.

#include "crypto/seal.h"
#include "services/iam/entities.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::iam {

std::string entity_key(std::string_view account, std::string_view name);  // of users, roles and policies

std::string encode(const User& user);
std::string encode(const Role& role);
std::string encode(const ManagedPolicy& policy);
std::string encode(const AccessKey& key, const crypto::Sealer& sealer);

// nullopt: cannot be read. Documents are compiled.
std::optional<User> decode_user(std::string_view key, std::string_view value);
std::optional<Role> decode_role(std::string_view key, std::string_view value);
std::optional<ManagedPolicy> decode_policy(std::string_view key, std::string_view value);
std::optional<AccessKey> decode_access_key(std::string_view key, std::string_view value, const crypto::Sealer& sealer);

// nullptr: no such document.
Compiled compile_identity(std::string_view document);
Compiled compile_trust(std::string_view document);

}  // namespace stepwell::iam
