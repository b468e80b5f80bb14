#include "lang/policy/context.h"

#include <algorithm>

namespace stepwell::policy {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

KnownContext& KnownContext::add(std::string key, Values values) {
  entries_.emplace_back(std::move(key), std::move(values));
  return *this;
}

std::optional<Values> KnownContext::find(std::string_view key) const {
  const auto found = std::ranges::find_if(entries_, [&](const auto& e) { return equal_ignoring_case(e.first, key); });
  return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace stepwell::policy
