#include "services/iam/resource_policies.h"

#include "lang/policy/parse.h"

namespace stepwell::iam {
namespace {

constexpr std::size_t max_known = 4'096;

}  // namespace

policy::Finding ResourcePolicies::ask(const directory::Need& need, const policy::Request& request) {
  if (!need.policy || need.policy->empty()) return {};
  const policy::Document* document = document_of(*need.policy);
  return document == nullptr ? policy::Finding{} : policy::evaluate(*document, request);
}

const policy::Document* ResourcePolicies::document_of(const std::string& text) {
  auto known = known_.find(text);
  if (known == known_.end()) {
    if (known_.size() >= max_known) known_.clear();
    auto read = policy::parse(text, policy::DocumentKind::resource);
    known = known_.emplace(text, read ? std::optional(std::move(*read)) : std::nullopt).first;
  }
  return known->second ? &*known->second : nullptr;
}

}  // namespace stepwell::iam
