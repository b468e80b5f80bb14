#pragma once
// A place in a definition, in the two forms that a diagnostic carries.

#include <cstddef>
#include <string>
#include <string_view>

namespace stepwell::asl::validation {

class Place {
 public:
  Place() = default;  // the root

  Place operator/(std::string_view key) const;
  Place operator[](std::size_t index) const;

  // AWS's: "/States/A/Branches[0]/States/B", "/" for the root. Names stand as they are, whatever they hold.
  std::string location() const { return location_.empty() ? "/" : location_; }
  // RFC 6901: "/States/A/Branches/0/States/B", "" for the root.
  const std::string& pointer() const { return pointer_; }

 private:
  std::string location_;
  std::string pointer_;
};

}  // namespace stepwell::asl::validation
