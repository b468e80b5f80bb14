#include "services/ecs/names.h"

#include "wire/arn.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace stepwell::ecs {
namespace {

constexpr std::size_t longest_name = 255;

std::string_view behind(std::string_view text, char separator) {
  const std::size_t at = text.rfind(separator);
  return at == std::string_view::npos ? text : text.substr(at + 1);
}

std::string arn_of(const Home& home, std::string_view resource) {
  return fmt::format("arn:aws:ecs:{}:{}:{}", home.region, home.account, resource);
}

}  // namespace

std::string ClusterPlace::arn() const { return arn_of(home, "cluster/" + name); }
std::string DefinitionPlace::arn() const {
  return arn_of(home, fmt::format("task-definition/{}:{}", family, revision));
}
std::string TaskPlace::arn() const { return arn_of(cluster.home, fmt::format("task/{}/{}", cluster.name, id)); }

std::string cluster_name(std::string_view text) {
  return text.empty() ? std::string("default") : std::string(behind(text, '/'));
}

std::optional<DefinitionPlace> definition_place(const Home& home, std::string_view text) {
  DefinitionPlace place{.home = home};
  if (text.starts_with("arn:")) {
    constexpr std::string_view kind = "task-definition/";
    const auto arn = wire::Arn::parse(text);
    if (!arn || arn->service != "ecs" || !arn->resource.starts_with(kind)) return std::nullopt;
    place.home = {.account = std::string(arn->account), .region = std::string(arn->region)};
    text = arn->resource.substr(kind.size());
  }
  const std::size_t colon = text.find(':');
  place.family = text.substr(0, colon);
  if (!is_name(place.family)) return std::nullopt;
  if (colon == std::string_view::npos) return place;
  const std::string_view number = text.substr(colon + 1);
  const auto* const end = number.data() + number.size();
  const auto [rest, failure] = std::from_chars(number.data(), end, place.revision);
  if (failure != std::errc() || rest != end || place.revision == 0) return std::nullopt;
  return place;
}

std::string task_id(std::string_view text) { return std::string(behind(text, '/')); }

std::optional<TaskPlace> task_place(std::string_view text) {
  constexpr std::string_view kind = "task/";
  const auto arn = wire::Arn::parse(text);
  if (!arn || arn->service != "ecs" || !arn->resource.starts_with(kind)) return std::nullopt;
  const std::string_view rest = arn->resource.substr(kind.size());
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return TaskPlace{.cluster = {.home = {.account = std::string(arn->account), .region = std::string(arn->region)},
                               .name = std::string(rest.substr(0, slash))},
                   .id = std::string(rest.substr(slash + 1))};
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace stepwell::ecs
