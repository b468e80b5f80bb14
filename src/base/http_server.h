#pragma once
// The port for answering HTTP. Implementation: net/http_server.h.

#include "base/error.h"
#include "base/http.h"
#include "base/task.h"
#include "base/time.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace stepwell::http {

// Answers one request. `gone` is set when the client has left before the answer: long polls end then. Runs on the
// loop's thread; an exception that leaves it closes the connection with a 500.
using Handler = std::function<Task<Response>(Request request, std::stop_token gone)>;

struct ServerLimits {
  std::size_t max_header_bytes = 32U << 10U;
  std::size_t max_header_fields = 128;
  std::size_t max_body_bytes = 8U << 20U;
  std::size_t max_connections = 10'000;
  std::size_t max_connections_per_client = 10'000;  // from one address; further ones are closed at once
  Duration handshake_timeout{10'000};               // of TLS
  Duration header_timeout{30'000};                  // from the first byte of a request to the end of its header
  Duration body_timeout{60'000};                    // from there to the end of the body; and to read an answer
  std::size_t min_bytes_per_second = 64U << 10U;    // large bodies and answers get the time that this rate needs, too
  Duration idle_timeout{300'000};                   // between requests
};

// Open from its making to its destruction; destroying it closes the port and its connections.
class Server {
 public:
  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  // Takes no new connection or request; calls `done` when every request under way is answered.
  virtual void drain(std::move_only_function<void()> done) = 0;
};

class Network {
 public:
  virtual ~Network() = default;
  // `address` is an IP address, port 0 picks a free one. Error "AddressInUse", "AddressUnavailable".
  virtual Result<std::unique_ptr<Server>> listen(const std::string& address, std::uint16_t port, ServerLimits limits,
                                                 Handler handler) = 0;
};

}  // namespace stepwell::http
