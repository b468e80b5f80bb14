#pragma once
// The client on a loop of its own.

#include "loop_thread.h"
#include "net/http_client.h"

#include <gtest/gtest.h>

namespace stepwell::net {

class ClientTest : public testing::Test {
 protected:
  using Answer = Result<http::Response>;

  ClientTest() { open(TlsAuthorities::of_the_system()); }
  ~ClientTest() override {
    thread.call([this] { client.reset(); });
  }

  // In the place of the one before.
  void open(std::shared_ptr<TlsAuthorities> authorities) {
    thread.call([&] { client = std::make_unique<HttpClient>(thread.loop(), std::move(authorities)); });
  }

  std::future<Answer> send(http::Call call) {
    auto promise = std::make_shared<std::promise<Answer>>();
    auto future = promise->get_future();
    thread.loop().post([this, call = std::move(call), promise]() mutable {
      start(client->send(std::move(call)), [promise](std::optional<Answer> answer, const std::exception_ptr& failure) {
        failure ? promise->set_exception(failure) : promise->set_value(*std::move(answer));
      });
    });
    return future;
  }

  static http::Call call(std::uint16_t port, std::string path = "/", std::string method = "GET") {
    http::Call call;
    call.url = "http://127.0.0.1:" + std::to_string(port) + path;
    call.request.method = std::move(method);
    return call;
  }

  static std::string code_of(const Answer& answer) { return answer ? "answered" : answer.error().code; }

  LoopThread thread;
  std::unique_ptr<HttpClient> client;
};

}  // namespace stepwell::net
