#pragma once
// Ids of keys and entities: four letters that say of what, then sixteen or seventeen characters. As on AWS, the id of a
// key tells the account that it belongs to (GetAccessKeyInfo).

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::iam {

inline constexpr std::string_view permanent_key = "AKIA";
inline constexpr std::string_view temporary_key = "ASIA";
inline constexpr std::string_view user_id = "AIDA";
inline constexpr std::string_view role_id = "AROA";
inline constexpr std::string_view policy_id = "ANPA";

std::string make_key_id(std::string_view kind, std::string_view account);
std::string make_entity_id(std::string_view kind);
// 40 characters, from the system's source of chance.
std::string make_secret();
// Of a key that was made by make_key_id.
std::optional<std::string> account_in(std::string_view key_id);

}  // namespace stepwell::iam
