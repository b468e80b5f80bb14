#pragma once
// Whether a request is let in: asked when its header has come, before any of its body is kept.

#include "base/http.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace stepwell::net {

// What the server has to do already. A request counts from its whole arrival to its answer.
struct Load {
  std::size_t requests = 0;
  std::size_t requests_of_client = 0;  // from the same address
  std::size_t large_body_bytes = 0;    // kept or still to come, of bodies beyond kLargeBody
};
inline constexpr std::size_t kLargeBody = 1U << 20U;

struct Admission {
  std::size_t max_body_bytes = 0;
  // Answered in the handler's place: when the body has come, or at once where it is larger; then the connection closes.
  std::optional<http::Response> refusal = {};
};

// `body_bytes`: as announced; nullopt: it comes in chunks.
using Doorkeeper =
    std::function<Admission(const http::Request& header, std::optional<std::uint64_t> body_bytes, const Load& load)>;

}  // namespace stepwell::net
