#include "lang/asl/validation/report.h"

#include "lang/json/parse.h"

namespace stepwell::asl {
namespace {

// Where the text ceases to be JSON, if it does.
std::optional<json::Position> fault_of(std::string_view definition) {
  json::Arena arena;
  const auto value = json::parse(arena, definition);
  if (value) return std::nullopt;
  return json::Position{.line = value.error().line, .column = value.error().column};
}

json::Position place_of(std::string_view definition, const Diagnostic& diagnostic) {
  return json::position_of(definition, json::locate(definition, diagnostic.pointer).value_or(0));
}

// What is not JSON is described with its location in a second line, which the place in front of the line says better.
std::string_view without_source(std::string_view message) { return message.substr(0, message.find("\n at [Source: ")); }

// On one line and harmless to a terminal, whatever a definition names its states.
std::string shown(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string report(std::string_view file, std::string_view definition, std::span<const Diagnostic> diagnostics) {
  std::string out;
  const std::optional<json::Position> fault = fault_of(definition);
  for (const Diagnostic& diagnostic : diagnostics) {
    const json::Position position = fault ? *fault : place_of(definition, diagnostic);
    out += fmt::format("{}:{}:{}: {} {}: {}", file, position.line, position.column,
                       diagnostic.severity == Severity::error ? "error" : "warning", diagnostic.code,
                       shown(without_source(diagnostic.message)));
    if (!diagnostic.hint.empty()) out += fmt::format(" ({})", shown(diagnostic.hint));
    out += '\n';
  }
  return out;
}

}  // namespace stepwell::asl
