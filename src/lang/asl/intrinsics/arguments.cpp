#include "lang/asl/intrinsics/arguments.h"

#include "lang/json/build.h"

#include <cmath>

namespace stepwell::asl::intrinsics {

std::unexpected<Failure> invalid_arguments(std::string_view function, std::string_view detail) {
  std::string cause = fmt::format("Invalid arguments in {}", function);
  if (!detail.empty()) cause.append(": ").append(detail);
  return std::unexpected(runtime_failure(std::move(cause)));
}

std::optional<std::int32_t> whole_number(const json::Value& value) {
  if (!value.is_number()) return std::nullopt;
  const double number = std::trunc(value.as_double());
  if (!(number >= -2147483648.0 && number <= 2147483647.0)) return std::nullopt;
  return static_cast<std::int32_t>(number);
}

std::size_t java_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0U ? 2 : 1;  // a lead byte; four-byte forms are surrogate pairs
  }
  return units;
}

Evaluated<json::Value> text_value(Activation& activation, std::string_view function, std::string_view text) {
  if (text.size() > max_result_bytes) return invalid_arguments(function, "the result is too long");
  return json::make_string(activation.arena(), text);
}

}  // namespace stepwell::asl::intrinsics
