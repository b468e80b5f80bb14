#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"

namespace stepwell::asl {
namespace {

std::unexpected<Failure> invalid_template(std::string_view detail) {
  return std::unexpected(runtime_failure(fmt::format("Invalid template in {}: {}", format_intrinsic.name, detail)));
}

// Every {} is replaced by the next argument; \{ and \} stand for the braces themselves.
Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  const std::string pattern = intrinsics::java_text(arguments[0]);
  std::span<const json::Value> rest = arguments.subspan(1);
  std::size_t occurrences = 0;
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const char next = i + 1 < pattern.size() ? pattern[i + 1] : '\0';
    if (c == '\\' && (next == '{' || next == '}')) {
      text += next;
      ++i;
    } else if (c == '{') {
      if (next != '}') return invalid_template("matching '}' not found for '{'.");
      ++i;
      if (occurrences < rest.size()) text += intrinsics::java_text(rest[occurrences]);
      ++occurrences;
    } else if (c == '}') {
      return invalid_template("matching '{' not found for '}'.");
    } else {
      text += c;
    }
    if (text.size() > intrinsics::max_result_bytes) break;
  }
  if (occurrences != rest.size() && text.size() <= intrinsics::max_result_bytes) {
    return intrinsics::invalid_arguments(format_intrinsic.name,
                                         "number of arguments do not match the occurrences of {}.");
  }
  return intrinsics::text_value(activation, format_intrinsic.name, text);
}

}  // namespace

const Intrinsic format_intrinsic = {
    .name = "States.Format", .min_arguments = 1, .max_arguments = unlimited_arguments, .weight = 2, .call = call};

}  // namespace stepwell::asl
