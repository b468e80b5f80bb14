#pragma once
// What pictures and the texts that are read by them can be told: a code of the reference implementation, and what its
// message shows in its place, if it has one.

#include <expected>
#include <string>
#include <string_view>

namespace stepwell::jsonata {

struct PictureError {
  std::string_view code;
  std::string value;
};

inline std::unexpected<PictureError> picture_error(std::string_view code, std::string value = {}) {
  return std::unexpected(PictureError{code, std::move(value)});
}

}  // namespace stepwell::jsonata
