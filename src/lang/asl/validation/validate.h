#pragma once
// Is a definition one that AWS accepts? One validator for CreateStateMachine, UpdateStateMachine,
// ValidateStateMachineDefinition and `stepwell validate` (spec §1.12). One rule per file in this folder, listed in
// rules.def.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::asl {

enum class MachineType : std::uint8_t { standard, express };
enum class Severity : std::uint8_t { error, warning };

struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;                     // "SCHEMA_VALIDATION_FAILED"
  std::string message;                  // AWS's words
  std::optional<std::string> location;  // AWS's form: "/States/A/Branches[0]/States/B"
  std::string pointer;                  // RFC 6901, for `json::locate`
  std::string hint;                     // ours: the nearest valid name, what to do; may be empty
};

std::vector<Diagnostic> validate(std::string_view definition, MachineType type);

// The message of InvalidDefinition: "Invalid State Machine Definition: '<CODE>: <message> at <location>, …'".
std::string invalid_definition_message(const std::vector<Diagnostic>& diagnostics);

}  // namespace stepwell::asl
