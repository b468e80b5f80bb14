#include "wire/model_reader.h"
#include "wire/model_text.h"

#include <array>

namespace stepwell::wire {
namespace {

constexpr std::array protocols = {Named{"json", Protocol::aws_json}, Named{"rest-json", Protocol::rest_json},
                                  Named{"query", Protocol::aws_query}};

Result<void> check_head(const ModelHead& head) {
  if (head.service.empty()) return inconsistent("model", "has no service");
  if (head.protocol == Protocol::aws_json && head.target_prefix.empty()) {
    return inconsistent("model", "has no targetPrefix");
  }
  const bool speaks_query = head.protocol == Protocol::aws_query || head.older_protocol == Protocol::aws_query;
  if (speaks_query && (head.api_version.empty() || head.xml_namespace.empty())) {
    return inconsistent("model", "has no apiVersion or no xmlNamespace");
  }
  return {};
}

}  // namespace

Result<ModelHead> read_model_head(const json::Value& root) {
  static constexpr std::array<std::string_view, 13> known = {
      "service",        "protocol",        "olderProtocol", "targetPrefix", "jsonVersion", "apiVersion", "xmlNamespace",
      "errorNamespace", "validationError", "pathMember",    "missingError", "operations",  "shapes"};
  TRY(check_keys(root, known, "model"));
  ModelHead head;
  TRY_ASSIGN(head.service, read_text(root, "service", "model"));
  TRY_ASSIGN(const std::string protocol, read_text(root, "protocol", "model"));
  TRY_ASSIGN(head.protocol, lookup(protocols, protocol, "protocol"));
  TRY_ASSIGN(const std::string older, read_text(root, "olderProtocol", "model"));
  if (!older.empty()) {
    TRY_ASSIGN(head.older_protocol, lookup(protocols, older, "olderProtocol"));
  }
  TRY_ASSIGN(head.missing_error, read_text(root, "missingError", "model"));
  TRY_ASSIGN(head.path_member, read_text(root, "pathMember", "model"));
  TRY_ASSIGN(head.target_prefix, read_text(root, "targetPrefix", "model"));
  TRY_ASSIGN(head.json_version, read_text(root, "jsonVersion", "model", "1.0"));
  TRY_ASSIGN(head.error_namespace, read_text(root, "errorNamespace", "model"));
  const bool is_query = head.protocol == Protocol::aws_query;
  TRY_ASSIGN(head.validation_error,
             read_text(root, "validationError", "model", is_query ? "ValidationError" : "ValidationException"));
  TRY_ASSIGN(head.api_version, read_text(root, "apiVersion", "model"));
  TRY_ASSIGN(head.xml_namespace, read_text(root, "xmlNamespace", "model"));
  TRY(check_head(head));
  return head;
}

}  // namespace stepwell::wire
