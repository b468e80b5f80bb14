#pragma once
// Plain sockets for tests: bytes out, bytes in, with a limit on every wait.

#include <cstdint>
#include <string>
#include <string_view>

namespace stepwell::net {

struct RawResponse {
  int status = 0;
  std::string head;  // as received, with the empty line
  std::string body;

  bool has(std::string_view line) const { return head.find("\r\n" + std::string(line) + "\r\n") != std::string::npos; }
};

class RawSocket {
 public:
  explicit RawSocket(int descriptor) : descriptor_(descriptor) {}
  RawSocket(RawSocket&& other) noexcept;
  RawSocket& operator=(RawSocket&& other) noexcept;
  ~RawSocket() { close(); }

  static RawSocket connect(std::uint16_t port, int receive_buffer = 0);

  void send(std::string_view bytes);
  // As much as goes without waiting longer than a moment.
  std::size_t send_what_fits(std::string_view bytes);
  std::string receive_some();  // empty: the end
  std::string receive(std::size_t bytes);
  std::string receive_all();  // up to the end
  RawResponse response(std::string_view method = "GET");
  RawResponse exchange(std::string_view request);
  bool at_end() { return receive_some().empty(); }
  bool is_silent(int milliseconds);  // nothing comes

  void end();    // closes the sending side
  void reset();  // closes without ceremony
  void close();

 private:
  bool wait(short events, int milliseconds);
  bool fill();
  std::string take(std::size_t bytes);

  int descriptor_;
  std::string pending_;
};

// A listening socket for tests of clients.
class RawListener {
 public:
  RawListener();
  explicit RawListener(const std::string& path);  // a Unix socket
  ~RawListener();
  RawListener(const RawListener&) = delete;
  RawListener& operator=(const RawListener&) = delete;
  std::uint16_t port() const { return port_; }
  RawSocket accept();
  void close();

 private:
  int descriptor_;
  std::uint16_t port_ = 0;
};

}  // namespace stepwell::net
