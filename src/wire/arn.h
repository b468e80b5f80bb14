#pragma once
// Amazon Resource Names: arn:partition:service:region:account:resource.

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::wire {

// A parsed ARN; the views point into the text it was parsed from. `resource` is all behind the fifth colon.
struct Arn {
  std::string_view partition;
  std::string_view service;
  std::string_view region;
  std::string_view account;
  std::string_view resource;

  static std::optional<Arn> parse(std::string_view text);
  std::string text() const;
};

}  // namespace stepwell::wire
