#include "services/iam/resource_policies.h"

#include "lang/policy/parse.h"

namespace stepwell::iam {
namespace {

constexpr std::size_t max_known = 4'096;

}  // namespace

policy::Finding ResourcePolicies::ask(const directory::Need& need, const policy::Request& request) {
  if (!need.policy || need.policy->empty()) return {};
  const policy::Document* document = document_of(need.resource, *need.policy);
  return document == nullptr ? policy::Finding{} : policy::evaluate(*document, request);
}

const policy::Document* ResourcePolicies::document_of(const std::string& resource, const std::string& text) {
  auto known = known_.find(resource);
  if (known == known_.end() || known->second.text != text) {
    if (known_.size() >= max_known) known_.clear();
    auto document = policy::parse(text, policy::DocumentKind::resource);
    auto read = document ? std::make_shared<const policy::Document>(std::move(*document)) : nullptr;
    known = known_.insert_or_assign(resource, Known{text, std::move(read)}).first;
  }
  return known->second.document.get();
}

}  // namespace stepwell::iam
