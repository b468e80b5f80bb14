#include "lang/asl/validation/report.h"

#include "lang/json/parse.h"

namespace stepwell::asl {
namespace {

json::Position place_of(std::string_view definition, const Diagnostic& diagnostic) {
  if (const std::optional<std::size_t> offset = json::locate(definition, diagnostic.pointer)) {
    return json::position_of(definition, *offset);
  }
  // What cannot be located is no JSON: the place is where it ceases to be.
  json::Arena arena;
  const auto value = json::parse(arena, definition);
  return value ? json::Position{.line = 1, .column = 1}
               : json::Position{.line = value.error().line, .column = value.error().column};
}

// Messages of the JSON parser have a second line that repeats the location.
std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

}  // namespace

std::string report(std::string_view file, std::string_view definition, std::span<const Diagnostic> diagnostics) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    const json::Position position = place_of(definition, diagnostic);
    out += fmt::format("{}:{}:{}: {} {}: {}", file, position.line, position.column,
                       diagnostic.severity == Severity::error ? "error" : "warning", diagnostic.code,
                       first_line(diagnostic.message));
    if (!diagnostic.hint.empty()) out += fmt::format(" ({})", diagnostic.hint);
    out += '\n';
  }
  return out;
}

}  // namespace stepwell::asl
