#pragma once
// One call of the client, from the connection to the answer. All of it is bounded by one deadline: when it passes, the
// step that is waited for is interrupted and the call ends.

#include "base/http_client.h"
#include "net/asio.h"
#include "net/connection_pool.h"
#include "net/input_buffer.h"
#include "net/response_parser.h"
#include "net/stream.h"
#include "net/timer_wheel.h"
#include "net/url.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace stepwell::net {

class Exchange final : private TimerWheel::Entry {
 public:
  // `header` is that of `call.request`, as bytes.
  Exchange(std::shared_ptr<ConnectionPool> pool, http::Call call, Url url, std::string header);

  Task<Result<http::Response>> run();

 private:
  struct Addresses {
    error_code failure;
    std::vector<Tcp::endpoint> endpoints;
  };

  Task<Result<http::Response>> converse_somehow();
  Task<Result<http::Response>> converse();
  Task<Result<void>> connect();
  Result<void> connect_to_path();
  Task<Result<void>> secure();
  Task<Addresses> resolve();
  Task<error_code> send();
  Task<Result<http::Response>> receive();
  Task<Result<void>> receive_one();  // interim or final
  Task<error_code> read();

  std::size_t wanted_capacity() const;
  Error failed(std::string_view doing, const error_code& failure) const;
  Error unusable(std::string_view reason) const;
  void remember_session();
  void close();
  void expire() override;

  const std::shared_ptr<ConnectionPool> pool_;
  const http::Call call_;
  const Url url_;
  const std::string header_;
  const std::string host_;  // the pool's name for it
  Stream stream_;
  InputBuffer input_;
  std::optional<ResponseParser> parser_;
  std::move_only_function<void()> interrupt_;  // ends the step that is waited for
  bool timed_out_ = false;
  bool answer_began_ = false;
  bool connected_ = false;  // for this call
};

}  // namespace stepwell::net
