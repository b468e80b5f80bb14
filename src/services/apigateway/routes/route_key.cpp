#include "services/apigateway/routes/route_key.h"

#include <algorithm>
#include <array>

namespace stepwell::apigateway {
namespace {

constexpr auto methods =
    std::to_array<std::string_view>({"ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"});

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.' || c == ':' || c == '$';
  });
}

std::optional<RouteSegment> read_segment(std::string_view text) {
  using Type = RouteSegment::Type;
  if (text.empty()) return std::nullopt;
  if (!text.starts_with('{')) {
    const bool plain = text.find_first_of("{} ?#") == std::string_view::npos;
    return plain ? std::optional(RouteSegment{Type::text, std::string(text)}) : std::nullopt;
  }
  if (!text.ends_with('}')) return std::nullopt;
  std::string_view name = text.substr(1, text.size() - 2);
  const bool greedy = name.ends_with('+');
  if (greedy) name.remove_suffix(1);
  if (!is_name(name)) return std::nullopt;
  return RouteSegment{greedy ? Type::greedy : Type::variable, std::string(name)};
}

bool names_twice(const std::vector<RouteSegment>& segments) {
  for (auto segment = segments.begin(); segment != segments.end(); ++segment) {
    const auto same = [&](const RouteSegment& other) {
      return other.type != RouteSegment::Type::text && other.name == segment->name;
    };
    if (segment->type != RouteSegment::Type::text && std::any_of(segments.begin(), segment, same)) return true;
  }
  return false;
}

}  // namespace

std::string RouteKey::resource() const {
  if (is_default()) return {};
  std::string text;
  for (const RouteSegment& segment : segments) {
    const bool is_text = segment.type == RouteSegment::Type::text;
    text += is_text ? "/" : "/{";
    text += segment.name;
    if (!is_text) text += segment.type == RouteSegment::Type::greedy ? "+}" : "}";
  }
  return text.empty() ? "/" : text;
}

std::optional<RouteKey> RouteKey::parse(std::string_view text) {
  if (text == default_route) return RouteKey{};
  const std::size_t space = std::min(text.find(' '), text.size());
  RouteKey key{.method = std::string(text.substr(0, space)), .segments = {}};
  if (std::ranges::find(methods, key.method) == methods.end()) return std::nullopt;
  std::string_view path = text.substr(std::min(space + 1, text.size()));
  if (!path.starts_with('/')) return std::nullopt;
  path.remove_prefix(1);
  while (!path.empty()) {
    if (!key.segments.empty() && key.segments.back().type == RouteSegment::Type::greedy) return std::nullopt;
    const std::size_t slash = std::min(path.find('/'), path.size());
    auto segment = read_segment(path.substr(0, slash));
    if (!segment) return std::nullopt;
    key.segments.push_back(std::move(*segment));
    if (slash + 1 == path.size()) return std::nullopt;  // "/pets/"
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return names_twice(key.segments) ? std::nullopt : std::optional(std::move(key));
}

}  // namespace stepwell::apigateway
