#pragma once
// The exceptions of IAM, one factory each, in AWS's words.

#include "base/error.h"

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace stepwell::iam::errors {

inline Error make(std::string_view code, std::string message) {
  return {.code = std::string(code), .message = std::move(message), .detail = {}};
}

inline Error no_such_entity(std::string message) { return make("NoSuchEntityException", std::move(message)); }
inline Error no_such_user(std::string_view name) {
  return no_such_entity(fmt::format("The user with name {} cannot be found.", name));
}
inline Error no_such_role(std::string_view name) {
  return no_such_entity(fmt::format("The role with name {} cannot be found.", name));
}
inline Error no_such_access_key(std::string_view id) {
  return no_such_entity(fmt::format("The Access Key with id {} cannot be found.", id));
}
inline Error no_such_inline_policy(std::string_view holder, std::string_view name) {
  return no_such_entity(fmt::format("The {} policy with name {} cannot be found.", holder, name));
}
inline Error no_such_policy(std::string_view arn) {
  return no_such_entity(fmt::format("Policy {} was not found.", arn));
}
inline Error not_attachable(std::string_view arn) {
  return no_such_entity(fmt::format("Policy {} does not exist or is not attachable.", arn));
}
inline Error no_such_boundary(std::string_view arn) {
  return no_such_entity(fmt::format("Scope ARN: {} does not exist or is not attachable.", arn));
}
inline Error no_such_version(std::string_view arn, std::string_view version) {
  return no_such_entity(fmt::format("Policy {} version {} does not exist or is not attachable.", arn, version));
}

inline Error exists(std::string message) { return make("EntityAlreadyExistsException", std::move(message)); }
inline Error user_exists(std::string_view name) {
  return exists(fmt::format("User with name {} already exists.", name));
}
inline Error role_exists(std::string_view name) {
  return exists(fmt::format("Role with name {} already exists.", name));
}
inline Error policy_exists(std::string_view name) {
  return exists(fmt::format("A policy called {} already exists. Duplicate names are not allowed.", name));
}

inline Error delete_conflict(std::string message) { return make("DeleteConflictException", std::move(message)); }
inline Error limit_exceeded(std::string message) { return make("LimitExceededException", std::move(message)); }
inline Error quota_exceeded(std::string_view quota, std::size_t limit) {
  return limit_exceeded(fmt::format("Cannot exceed quota for {}: {}", quota, limit));
}
inline Error invalid_input(std::string message) { return make("InvalidInputException", std::move(message)); }
inline Error validation(std::string message) { return make("ValidationError", std::move(message)); }
inline Error not_of_the_customer() {
  return {
      .code = "AccessDenied", .message = "The policy is AWS's own and cannot be changed.", .detail = {}, .status = 403};
}

}  // namespace stepwell::iam::errors
