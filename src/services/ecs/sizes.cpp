#include "services/ecs/sizes.h"

#include "base/http.h"

#include <charconv>

namespace stepwell::ecs {
namespace {

constexpr double most = 1'000'000;  // units or MiB

// `text` with a unit behind it, each of which is `per_unit`; without a unit it is the number itself.
std::optional<std::uint64_t> read(std::string_view text, std::string_view unit, double per_unit) {
  double number = 0;
  const auto* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc()) return std::nullopt;
  std::string_view behind(rest, static_cast<std::size_t>(end - rest));
  while (behind.starts_with(' ')) behind.remove_prefix(1);
  if (!behind.empty() && !http::equals_ignoring_case(behind, unit)) return std::nullopt;
  const double size = behind.empty() ? number : number * per_unit;
  if (size < 1 || size > most) return std::nullopt;
  return static_cast<std::uint64_t>(size);
}

}  // namespace

std::optional<std::uint64_t> cpu_units(std::string_view text) { return read(text, "vCPU", 1'024); }
std::optional<std::uint64_t> memory_mib(std::string_view text) { return read(text, "GB", 1'024); }

}  // namespace stepwell::ecs
