#pragma once
// The Lambda Runtime API for one process: a listener of its own on loopback, which the process is told in
// AWS_LAMBDA_RUNTIME_API.
//
//   GET  /2018-06-01/runtime/invocation/next            waits for an invocation
//   POST /2018-06-01/runtime/invocation/<id>/response   what the function gives
//   POST /2018-06-01/runtime/invocation/<id>/error      how it failed
//   POST /2018-06-01/runtime/init/error                 it cannot be run at all
//
// The process is not trusted: what comes out of order or for another invocation is refused in AWS's words and has no
// effect. Source: AWS, "Using the Lambda runtime API for custom runtimes".

#include "base/http_server.h"
#include "base/time.h"
#include "services/lambda/execution/invocation.h"

#include <memory>

namespace stepwell::lambda {

// What AWS lets a function answer with.
inline constexpr std::size_t max_response_bytes = 6'291'556;

class RuntimeApi {
 public:
  // Told on the loop's thread, while the process's request is being answered.
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void asked() = 0;                         // the process waits for an invocation: `give` one
    virtual void answered(Outcome outcome) = 0;       // of the invocation that was given
    virtual void init_failed(std::string error) = 0;  // the error's JSON
  };

  // Errors of the network.
  static Result<std::unique_ptr<RuntimeApi>> open(http::Network& network, Listener& listener);
  ~RuntimeApi();

  std::uint16_t port() const { return server_->port(); }
  // Whether the process waits for an invocation.
  bool is_waiting() const;
  // Hands it over; the process must be waiting.
  void give(const Invocation& invocation, Timestamp deadline);

 private:
  struct State;
  explicit RuntimeApi(std::shared_ptr<State> state) : state_(std::move(state)) {}
  static Task<http::Response> handle(std::shared_ptr<State> state, http::Request request, std::stop_token gone);
  static Task<http::Response> next(std::shared_ptr<State> state, std::stop_token gone);
  static http::Response take_answer(State& state, std::string_view path, http::Request& request);
  static http::Response take_init_error(State& state, http::Request& request);

  std::shared_ptr<State> state_;  // shared with requests under way
  std::unique_ptr<http::Server> server_;
};

}  // namespace stepwell::lambda
