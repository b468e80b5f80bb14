#include "services/iam/entities.h"

#include "base/check.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::iam {

std::string User::arn() const { return fmt::format("arn:aws:iam::{}:user{}{}", account, path, name); }
std::string Role::arn() const { return fmt::format("arn:aws:iam::{}:role{}{}", account, path, name); }
std::string ManagedPolicy::arn() const { return fmt::format("arn:aws:iam::{}:policy{}{}", account, path, name); }
std::string PolicyVersion::id() const { return fmt::format("v{}", number); }

const PolicyVersion& ManagedPolicy::current() const {
  const auto found = std::ranges::find(versions, default_version, &PolicyVersion::number);
  CHECK(found != versions.end());
  return *found;
}

std::string lower(std::string_view text) {
  std::string made(text);
  for (char& c : made) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return made;
}

}  // namespace stepwell::iam
