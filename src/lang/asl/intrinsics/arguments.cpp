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

namespace {

// What is left of the budget after the value; nothing when it is used up.
std::optional<std::size_t> spend(std::size_t budget, const json::Value& value) {
  const auto pay = [&budget](std::size_t bytes) {
    if (bytes >= budget) return false;
    budget -= bytes;
    return true;
  };
  const auto descend = [&budget](const json::Value& child) {
    const std::optional<std::size_t> left = spend(budget, child);
    budget = left.value_or(0);
    return left.has_value();
  };
  if (!pay(value.is_string() || value.is_number() ? value.size() + 2 : 2)) return std::nullopt;
  if (value.is_array()) {
    if (!std::ranges::all_of(value.elements(), descend)) return std::nullopt;
  } else if (value.is_object()) {
    for (const json::Member& member : value.members()) {
      if (!pay(member.key.size() + 2) || !descend(member.value)) return std::nullopt;
    }
  }
  return budget;
}

}  // namespace

bool is_within_bounds(const json::Value& value) { return spend(max_result_bytes, value).has_value(); }

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
