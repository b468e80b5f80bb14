#include "server/zone_files.h"

#include "server/files.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace stepwell::server {
namespace {

constexpr auto folders =
    std::to_array<std::string_view>({"/usr/share/zoneinfo/", "/usr/lib/zoneinfo/", "/etc/zoneinfo/"});
constexpr std::uintmax_t max_bytes = 65'536;

bool is_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '+' ||
           c == '-' || c == '/';
  };
  return !name.empty() && name.front() != '/' && std::ranges::all_of(name, fits);
}

}  // namespace

std::optional<std::string> SystemZoneFiles::read(std::string_view name) {
  if (!is_name(name)) return std::nullopt;
  for (const std::string_view folder : folders) {
    const std::filesystem::path path = std::string(folder) + std::string(name);
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error) || std::filesystem::file_size(path, error) > max_bytes) continue;
    if (auto bytes = read_file(path.string())) return std::move(*bytes);
  }
  return std::nullopt;
}

}  // namespace stepwell::server
