#pragma once
// The routes of a stage as a tree, and the one that a request is for.
//
// The most specific route wins: one whose path fits as a whole before one with a greedy variable, text before a
// variable, a longer path before {proxy+} before a shorter one, a method before ANY, $default at last. Each node of the
// tree is looked at twice at most.

#include "services/apigateway/routes/route_key.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::apigateway {

// "/pets/dog" as "pets", "dog"; "/" as nothing, "/pets/" as "pets", "". Still encoded.
std::vector<std::string_view> path_segments(std::string_view path);

class RouteTable {
 public:
  // `route` is the caller's number for it.
  void add(const RouteKey& key, std::size_t route);
  std::optional<std::size_t> find(std::string_view method, std::span<const std::string_view> segments) const;

 private:
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> texts;
    std::unique_ptr<Node> variable;
    std::vector<std::pair<std::string, std::size_t>> here;    // by method
    std::vector<std::pair<std::string, std::size_t>> greedy;  // {proxy+} behind this
  };
  enum class Pass { whole, greedy };
  static std::optional<std::size_t> find(const Node& node, Pass pass, std::string_view method,
                                         std::span<const std::string_view> segments);

  Node root_;
  std::optional<std::size_t> default_;
};

// The variables of a route that fits the path, by name, decoded.
std::vector<std::pair<std::string, std::string>> path_variables(const RouteKey& key,
                                                                std::span<const std::string_view> segments);

}  // namespace stepwell::apigateway
