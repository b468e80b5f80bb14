#pragma once
// Where rules put what they find. At most `max_findings` are kept: no answer shows more, and a hostile definition must
// not cost more.

#include "lang/asl/validation/place.h"
#include "lang/asl/validation/validate.h"

#include <string>
#include <string_view>
#include <vector>

namespace stepwell::asl::validation {

class Findings {
 public:
  static constexpr std::size_t max_findings = 1000;

  // The diagnostic may be refined by the caller: its hint, and its pointer where that is nearer than AWS's location.
  Diagnostic& error(std::string_view code, const Place& place, std::string message);
  Diagnostic& schema_error(const Place& place, std::string message) {
    return error("SCHEMA_VALIDATION_FAILED", place, std::move(message));
  }
  Diagnostic& warning(std::string_view code, const Place& place, std::string message);

  bool has_errors() const { return has_errors_; }
  bool is_full() const { return diagnostics_.size() == max_findings; }
  std::vector<Diagnostic> take() { return std::move(diagnostics_); }

 private:
  Diagnostic& add(Diagnostic diagnostic);

  std::vector<Diagnostic> diagnostics_;
  Diagnostic dropped_;  // stands in for those beyond the bound
  bool has_errors_ = false;
};

}  // namespace stepwell::asl::validation
