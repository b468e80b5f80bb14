// Any text is validated without harm, its diagnostics stand at places of the text and can be told in a line each; a
// definition without an error compiles.
#include "base/check.h"
#include "lang/asl/machine.h"
#include "lang/asl/validation/report.h"
#include "lang/json/parse.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace stepwell::asl {
namespace {

constexpr std::size_t kMaxDiagnostics = 1000;
// Machine::compile: what a valid definition may ask for in vain.
constexpr std::string_view kNotYet = "not available yet";

void check_diagnostic(std::string_view definition, const Diagnostic& diagnostic) {
  CHECK(!diagnostic.code.empty() && !diagnostic.message.empty());
  CHECK(json::locate(definition, diagnostic.pointer).has_value() || diagnostic.code == "INVALID_JSON_DESCRIPTION" ||
        diagnostic.pointer.empty());
  CHECK(json::is_valid_utf8(diagnostic.message) && json::is_valid_utf8(diagnostic.hint));
  CHECK(json::is_valid_utf8(diagnostic.location.value_or("")));
}

void check_definition(std::string_view definition, MachineType type) {
  const std::vector<Diagnostic> diagnostics = validate(definition, type);
  CHECK(diagnostics.size() <= kMaxDiagnostics);
  for (const Diagnostic& diagnostic : diagnostics) check_diagnostic(definition, diagnostic);
  const std::string lines = report("definition", definition, diagnostics);
  CHECK(std::ranges::count(lines, '\n') == static_cast<std::ptrdiff_t>(diagnostics.size()));
  static_cast<void>(invalid_definition_message(diagnostics));
  if (std::ranges::any_of(diagnostics, [](const Diagnostic& one) { return one.severity == Severity::error; })) return;
  const auto machine = Machine::compile(definition);
  CHECK(machine.has_value() || machine.error().message.contains(kNotYet));
}

}  // namespace
}  // namespace stepwell::asl

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using stepwell::asl::MachineType;
  const std::string_view definition(reinterpret_cast<const char*>(data), size);
  stepwell::asl::check_definition(definition, MachineType::standard);
  stepwell::asl::check_definition(definition, MachineType::express);
  return 0;
}
