#include "services/iam/aws_policies.h"

#include "base/check.h"
#include "crypto/hash.h"
#include "services/iam/records.h"

#include <map>

#include <fmt/format.h>

namespace stepwell::iam {
namespace {

// When AWS made the first ones.
constexpr Timestamp made{std::chrono::seconds(1'423'161'641)};

std::shared_ptr<const ManagedPolicy> make(std::string_view path, std::string_view name, std::string_view actions) {
  ManagedPolicy policy;
  policy.account = "aws";
  policy.path = path;
  policy.name = name;
  policy.id = "ANPA" + crypto::to_hex(crypto::digest(crypto::Digest::sha256, name)).substr(0, 17);
  for (char& c : policy.id) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  policy.created = policy.updated = made;
  PolicyVersion& version = policy.versions.emplace_back();
  version.document = fmt::format(
      R"({{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":[{}],"Resource":"*"}}]}})", actions);
  version.created = made;
  version.compiled = compile_identity(version.document);
  CHECK(version.compiled != nullptr);
  return std::make_shared<const ManagedPolicy>(std::move(policy));
}

}  // namespace

const std::vector<std::shared_ptr<const ManagedPolicy>>& aws_policies() {
  static const std::vector<std::shared_ptr<const ManagedPolicy>> policies = {
#define AWS_POLICY(name, path, actions) make(path, name, actions),
#include "services/iam/aws_policies.def"
#undef AWS_POLICY
  };
  return policies;
}

std::shared_ptr<const ManagedPolicy> find_aws_policy(std::string_view arn) {
  static const auto by_arn = [] {
    std::map<std::string, std::shared_ptr<const ManagedPolicy>, std::less<>> all;
    for (const auto& policy : aws_policies()) all.emplace(policy->arn(), policy);
    return all;
  }();
  const auto found = by_arn.find(arn);
  return found == by_arn.end() ? nullptr : found->second;
}

}  // namespace stepwell::iam
