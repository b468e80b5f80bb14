#include "test_server.h"

#include <stdexcept>

namespace stepwell::net {

TestServer::TestServer(http::Handler handler, http::ServerLimits limits)
    : TestServer(ServerSettings{.limits = limits, .handler = std::move(handler)}) {}

TestServer::TestServer(ServerSettings settings) {
  thread_.call([&] {
    auto server = Network(thread_.loop()).open("127.0.0.1", 0, std::move(settings));
    if (!server) throw std::runtime_error(server.error().message);
    server_ = std::move(*server);
    port_ = server_->port();
  });
}

void TestServer::drain(std::move_only_function<void()> done) {
  thread_.call([&] { server_->drain(std::move(done)); });
}

void TestServer::destroy() {
  thread_.call([this] { destroy_here(); });
}

Task<http::Response> echo(http::Request request, std::stop_token) {
  http::Response response;
  response.headers.add("X-Method", request.method);
  response.headers.add("X-Target", request.target);
  response.headers.add("X-Host", request.host);
  response.headers.add("X-Peer", request.peer);
  for (const auto& [name, value] : request.headers.fields()) response.headers.add("X-Field-" + name, value);
  response.body = request.body;
  co_return response;
}

Task<http::Response> Gate::hold(http::Request, std::stop_token gone) {
  const Pending<http::Response> pending;
  waiting_.push_back(pending);
  raise(held_);
  const std::stop_callback on_gone(gone, [this, pending] {
    raise(gone_);
    if (!pending.is_set()) pending.set({.status = 499, .headers = {}, .body = {}});
  });
  co_return co_await pending;
}

void Gate::release(http::Response response) {
  std::promise<void> done;
  loop_.post([&] {
    const auto pending = waiting_.front();
    waiting_.erase(waiting_.begin());
    if (!pending.is_set()) pending.set(std::move(response));
    done.set_value();
  });
  done.get_future().wait();
}

void Gate::await(const std::size_t& counter, std::size_t count) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, std::chrono::seconds(20), [&] { return counter >= count; }))
    throw std::runtime_error("it did not happen");
}

void Gate::raise(std::size_t& counter) {
  const std::lock_guard lock(mutex_);
  ++counter;
  changed_.notify_all();
}

std::string get(std::string_view target) { return "GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n\r\n"; }

}  // namespace stepwell::net
