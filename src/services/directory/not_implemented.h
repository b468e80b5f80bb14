#pragma once
// The answer to what AWS has and this version does not: an error that names it.

#include "base/error.h"

#include <string_view>

#include <fmt/format.h>

namespace stepwell::directory {

inline Error not_implemented(std::string_view what) {
  return {.code = "NotImplemented",
          .message = fmt::format("{} is not implemented by this version of Stepwell.", what),
          .detail = "docs/operations.md lists what is.",
          .status = 501};
}

}  // namespace stepwell::directory
