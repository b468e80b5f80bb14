#include "lang/asl/validation/findings.h"

namespace stepwell::asl::validation {

Diagnostic& Findings::error(std::string_view code, const Place& place, std::string message) {
  has_errors_ = true;
  return add({.severity = Severity::error,
              .code = std::string(code),
              .message = std::move(message),
              .location = place.location(),
              .pointer = place.pointer(),
              .hint = {}});
}

Diagnostic& Findings::warning(std::string_view code, const Place& place, std::string message) {
  return add({.severity = Severity::warning,
              .code = std::string(code),
              .message = std::move(message),
              .location = place.location(),
              .pointer = place.pointer(),
              .hint = {}});
}

Diagnostic& Findings::add(Diagnostic diagnostic) {
  if (is_full()) return dropped_ = std::move(diagnostic);
  return diagnostics_.emplace_back(std::move(diagnostic));
}

}  // namespace stepwell::asl::validation
