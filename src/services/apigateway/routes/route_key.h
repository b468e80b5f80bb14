#pragma once
// What a route is for: "GET /pets/{id}", "ANY /{proxy+}", "$default".

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::apigateway {

inline constexpr std::string_view default_route = "$default";
inline constexpr std::string_view any_method = "ANY";

struct RouteSegment {
  enum class Type : std::uint8_t { text, variable, greedy } type = Type::text;
  std::string name;  // or the text
};

struct RouteKey {
  std::string method;  // empty: $default
  std::vector<RouteSegment> segments;

  bool is_default() const { return method.empty(); }
  // "/pets/{id}"; empty: $default.
  std::string resource() const;

  static std::optional<RouteKey> parse(std::string_view text);
};

}  // namespace stepwell::apigateway
