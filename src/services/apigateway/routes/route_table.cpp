#include "services/apigateway/routes/route_table.h"

#include "wire/percent.h"

#include <algorithm>

namespace stepwell::apigateway {
namespace {

using Methods = std::vector<std::pair<std::string, std::size_t>>;

std::optional<std::size_t> of_method(const Methods& methods, std::string_view method) {
  std::optional<std::size_t> any;
  for (const auto& [name, route] : methods) {
    if (name == method) return route;
    if (name == any_method) any = route;
  }
  return any;
}

std::string decoded(std::string_view text) { return wire::percent_decode(text).value_or(std::string(text)); }

}  // namespace

std::vector<std::string_view> path_segments(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.empty()) return segments;
  while (true) {
    const std::size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

void RouteTable::add(const RouteKey& key, std::size_t route) {
  if (key.is_default()) {
    default_ = route;
    return;
  }
  Node* node = &root_;
  for (const RouteSegment& segment : key.segments) {
    if (segment.type == RouteSegment::Type::greedy) {
      node->greedy.emplace_back(key.method, route);
      return;
    }
    auto& next = segment.type == RouteSegment::Type::text ? node->texts[segment.name] : node->variable;
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  node->here.emplace_back(key.method, route);
}

std::optional<std::size_t> RouteTable::find(std::string_view method, std::span<const std::string_view> segments) const {
  if (const auto route = find(root_, Pass::whole, method, segments)) return route;
  if (const auto route = find(root_, Pass::greedy, method, segments)) return route;
  // Nothing but a slash is below the root, too.
  const auto below_root = segments.empty() ? of_method(root_.greedy, method) : std::nullopt;
  return below_root ? below_root : default_;
}

std::optional<std::size_t> RouteTable::find(const Node& node, Pass pass, std::string_view method,
                                            std::span<const std::string_view> segments) {
  if (segments.empty()) return pass == Pass::whole ? of_method(node.here, method) : std::nullopt;
  const auto rest = segments.subspan(1);
  if (const auto text = node.texts.find(decoded(segments.front())); text != node.texts.end()) {
    if (const auto route = find(*text->second, pass, method, rest)) return route;
  }
  if (node.variable && !segments.front().empty()) {
    if (const auto route = find(*node.variable, pass, method, rest)) return route;
  }
  return pass == Pass::greedy ? of_method(node.greedy, method) : std::nullopt;
}

std::vector<std::pair<std::string, std::string>> path_variables(const RouteKey& key,
                                                                std::span<const std::string_view> segments) {
  std::vector<std::pair<std::string, std::string>> variables;
  for (std::size_t i = 0; i < key.segments.size(); ++i) {
    const RouteSegment& segment = key.segments[i];
    if (segment.type == RouteSegment::Type::text) continue;
    std::string value = i < segments.size() ? decoded(segments[i]) : std::string();
    for (std::size_t j = i + 1; segment.type == RouteSegment::Type::greedy && j < segments.size(); ++j) {
      value += '/';
      value += decoded(segments[j]);
    }
    variables.emplace_back(segment.name, std::move(value));
  }
  return variables;
}

}  // namespace stepwell::apigateway
