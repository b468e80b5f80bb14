#pragma once
// The errors of the port (base/containers.h).

#include "base/error.h"

#include <string>
#include <string_view>

namespace stepwell::containers::errors {

inline Error make(std::string_view code, std::string message) {
  return {.fault = Fault::server, .code = std::string(code), .message = std::move(message), .detail = {}};
}

inline Error unavailable(std::string message) { return make("ContainersUnavailable", std::move(message)); }
inline Error failed(std::string message) { return make("ContainerEngineFailed", std::move(message)); }
inline Error image_not_found(std::string message) { return make("ImageNotFound", std::move(message)); }
inline Error not_started(std::string message) { return make("ContainerNotStarted", std::move(message)); }
inline Error not_found(std::string_view name) {
  return make("ContainerNotFound", "There is no container " + std::string(name) + ".");
}

}  // namespace stepwell::containers::errors
