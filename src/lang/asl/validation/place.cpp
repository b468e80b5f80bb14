#include "lang/asl/validation/place.h"

namespace stepwell::asl::validation {

Place Place::operator/(std::string_view key) const {
  Place child = *this;
  child.location_.append("/").append(key);
  child.pointer_ += '/';
  for (const char c : key) {
    if (c == '~') {
      child.pointer_ += "~0";
    } else if (c == '/') {
      child.pointer_ += "~1";
    } else {
      child.pointer_ += c;
    }
  }
  return child;
}

Place Place::operator[](std::size_t index) const {
  Place child = *this;
  child.location_ += fmt::format("[{}]", index);
  child.pointer_ += fmt::format("/{}", index);
  return child;
}

}  // namespace stepwell::asl::validation
