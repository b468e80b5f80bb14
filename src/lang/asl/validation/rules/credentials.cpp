// The role under which a Task state calls.
#include "lang/asl/resource.h"
#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

void check(const StateNode& state, const Document&, Findings& findings) {
  const json::Value* credentials = state.takes("Credentials") ? state.find("Credentials") : nullptr;
  if (credentials == nullptr || !credentials->is_object()) return;
  const Place place = state.place / "Credentials";
  const json::Value* arn = state.find("Resource");
  const std::optional<Resource> resource =
      arn != nullptr && arn->is_string() ? parse_resource(arn->as_string()) : std::nullopt;
  if (resource && resource->kind == Resource::Kind::activity) {
    findings.schema_error(place, "The field 'Credentials' is not supported for activities");
    return;
  }
  const bool given = credentials->find("RoleArn") != nullptr ||
                     (state.language == QueryLanguage::jsonpath && credentials->find("RoleArn.$") != nullptr);
  if (!given) findings.schema_error(place, "The field 'RoleArn' is required but was missing");
}

}  // namespace

const Rule credentials_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
