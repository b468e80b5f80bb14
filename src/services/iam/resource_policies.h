#pragma once
// What the policies of resources say (queues, topics, event buses, functions, log groups). They are kept by their
// services; those that were asked last stand here as documents.

#include "lang/policy/evaluate.h"
#include "services/directory/access.h"

#include <optional>
#include <string>
#include <unordered_map>

namespace stepwell::iam {

class ResourcePolicies {
 public:
  // A resource without a policy allows nothing and denies nothing; a policy that cannot be read, likewise.
  policy::Finding ask(const directory::Need& need, const policy::Request& request);

 private:
  const policy::Document* document_of(const std::string& text);

  std::unordered_map<std::string, std::optional<policy::Document>> known_;  // by the text; nullopt: it cannot be read
};

}  // namespace stepwell::iam
