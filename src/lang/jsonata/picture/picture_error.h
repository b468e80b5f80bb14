#pragma once
// What pictures and the texts that are read by them can be told.

#include "lang/jsonata/failure.h"

#include <expected>
#include <string>
#include <utility>

namespace stepwell::jsonata {

struct PictureError {
  Code code;
  std::string shown;  // in the place that the message has, if it has one
};

inline std::unexpected<PictureError> picture_error(Code code, std::string shown = {}) {
  return std::unexpected(PictureError{code, std::move(shown)});
}

}  // namespace stepwell::jsonata
