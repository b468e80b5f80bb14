#include "base/error.h"

namespace stepwell {

Error internal_error(std::string message) {
  return {.fault = Fault::server, .code = "InternalServerError", .message = std::move(message), .detail = {}};
}

}  // namespace stepwell
