#pragma once
// What the policies of resources say (queues, topics, event buses). They are kept by their services; those that were
// asked last stand here as documents.

#include "lang/policy/evaluate.h"
#include "services/directory/access.h"

#include <map>
#include <memory>
#include <string>

namespace stepwell::iam {

class ResourcePolicies {
 public:
  // A resource without a policy allows nothing and denies nothing; a policy that cannot be read, likewise.
  policy::Finding ask(const directory::Need& need, const policy::Request& request);

 private:
  struct Known {
    std::string text;
    std::shared_ptr<const policy::Document> document;  // nullptr: it cannot be read
  };
  const policy::Document* document_of(const std::string& resource, const std::string& text);

  std::map<std::string, Known, std::less<>> known_;  // by the resource's ARN
};

}  // namespace stepwell::iam
