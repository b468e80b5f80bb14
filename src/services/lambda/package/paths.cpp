#include "services/lambda/package/paths.h"

#include <algorithm>
#include <cstddef>

namespace stepwell::lambda {
namespace {

constexpr std::size_t max_name = 255;
constexpr std::size_t max_path = 1'024;
constexpr std::size_t max_depth = 64;

// Calls visit(part) for every part between slashes that names something; ends early when it answers false.
template <typename Visit>
bool for_each_part(std::string_view path, Visit visit) {
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(part.size() + 1, path.size()));
    if (!part.empty() && part != "." && !visit(part)) return false;
  }
  return true;
}

bool is_possible(std::string_view path) {
  return path.size() <= max_path && !path.starts_with('/') && path.find('\0') == std::string_view::npos;
}

}  // namespace

std::optional<std::string> plain_path(std::string_view name) {
  if (!is_possible(name)) return std::nullopt;
  std::string plain;
  std::size_t depth = 0;
  const bool fits = for_each_part(name, [&](std::string_view part) {
    if (!plain.empty()) plain += '/';
    plain += part;
    return part != ".." && part.size() <= max_name && ++depth <= max_depth;
  });
  return fits ? std::optional(std::move(plain)) : std::nullopt;
}

bool link_stays_inside(std::string_view path, std::string_view target) {
  if (target.empty() || !is_possible(target)) return false;
  auto climbs_left = std::ranges::count(path, '/');
  bool climbing = true;
  return for_each_part(target, [&](std::string_view part) {
    if (part != "..") {
      climbing = false;
      return true;
    }
    return climbing && climbs_left-- > 0;
  });
}

}  // namespace stepwell::lambda
