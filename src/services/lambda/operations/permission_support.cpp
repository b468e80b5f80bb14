#include "services/lambda/operations/permission_support.h"

#include <algorithm>

namespace stepwell::lambda {
namespace {

bool is_alias(std::string_view qualifier) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_of_name = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' || c == '_';
  };
  return std::ranges::all_of(qualifier, is_of_name) && !std::ranges::all_of(qualifier, is_digit);
}

}  // namespace

Result<void> check_unqualified(const FunctionReference& reference) {
  if (reference.qualifier.empty()) return {};
  const std::string arn = reference.qualified_arn();
  return fail(is_alias(reference.qualifier) ? errors::alias_not_found(arn) : errors::function_not_found(arn));
}

Task<Result<void>> save_policy(Lambda& lambda, const FunctionRecord& function, std::string policy) {
  FunctionRecord changed = function;
  changed.policy = std::move(policy);
  changed.revision_id = make_uuid(lambda.random);
  co_return co_await lambda.functions.save(std::move(changed));
}

}  // namespace stepwell::lambda
