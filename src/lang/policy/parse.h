#pragma once
// Reads a policy document and refuses what AWS refuses: Error "MalformedPolicyDocumentException" in AWS's words. How
// long a document may be is for its keeper to say.

#include "base/error.h"
#include "lang/policy/document.h"

#include <cstdint>
#include <string_view>

namespace stepwell::policy {

enum class DocumentKind : std::uint8_t {
  identity,  // of a user or role: it names resources and no principals
  trust,     // of a role: it names principals and no resources, and its actions are of STS
  resource,  // of a queue, a topic, a bus: it names principals, and resources if it likes
};

Result<Document> parse(std::string_view text, DocumentKind kind);

}  // namespace stepwell::policy
