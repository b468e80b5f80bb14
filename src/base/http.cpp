#include "base/http.h"

#include <algorithm>

namespace stepwell::http {
namespace {
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

std::string_view Headers::get(std::string_view name) const {
  const auto field = std::ranges::find_if(fields_, [&](const auto& f) { return equals_ignoring_case(f.first, name); });
  return field == fields_.end() ? std::string_view{} : std::string_view{field->second};
}

bool Headers::contains(std::string_view name) const {
  return std::ranges::any_of(fields_, [&](const auto& f) { return equals_ignoring_case(f.first, name); });
}

}  // namespace stepwell::http
