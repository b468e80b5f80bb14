// The life of a connection: keep-alive, pipelining, clients that leave or do not read, draining, closing.
#include "test_server.h"

#include <atomic>

#include <gtest/gtest.h>

namespace stepwell::net {
namespace {

http::Response text(std::string body) { return {.status = 200, .headers = {}, .body = std::move(body)}; }

http::Handler held_by(std::optional<Gate>& gate) {
  return [&gate](http::Request request, std::stop_token gone) {
    return request.target == "/held" ? gate->hold(std::move(request), std::move(gone))
                                     : echo(std::move(request), std::move(gone));
  };
}

class HttpConnections : public testing::Test {
 protected:
  std::optional<Gate> gate;
  TestServer server{held_by(gate)};

  void SetUp() override { gate.emplace(server.thread().loop()); }
};

TEST_F(HttpConnections, AreKept) {
  auto client = server.connect();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.exchange(get("/")).status, 200);
}

TEST_F(HttpConnections, CloseWhenTheClientAsksForIt) {
  auto client = server.connect();
  EXPECT_TRUE(client.exchange("GET / HTTP/1.1\r\nHost: t\r\nConnection: x, Close\r\n\r\n").has("Connection: close"));
  EXPECT_TRUE(client.at_end());
}

TEST_F(HttpConnections, CloseAfterOneRequestOfTheOldVersion) {
  auto client = server.connect();
  EXPECT_TRUE(client.exchange("GET / HTTP/1.0\r\n\r\n").has("Connection: close"));
  EXPECT_TRUE(client.at_end());
}

TEST_F(HttpConnections, OfTheOldVersionAreKeptOnRequest) {
  auto client = server.connect();
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(client.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").has("Connection: keep-alive"));
  }
}

TEST_F(HttpConnections, AnswerTheRequestsOfOneReadInOneWrite) {
  auto client = server.connect();
  client.send(get("/1") + get("/2") + get("/3"));
  const auto received = client.receive_some();
  for (const auto* target : {"X-Target: /1\r\n", "X-Target: /2\r\n", "X-Target: /3\r\n"})
    EXPECT_NE(received.find(target), std::string::npos);
}

TEST_F(HttpConnections, AnswerInOrder) {
  auto client = server.connect();
  client.send(get("/before") + get("/held") + get("/after"));
  EXPECT_TRUE(client.response().has("X-Target: /before"));
  gate->await_held(1);
  EXPECT_TRUE(client.is_silent(20));
  gate->release(text("held"));
  EXPECT_EQ(client.response().body, "held");
  EXPECT_TRUE(client.response().has("X-Target: /after"));
}

TEST_F(HttpConnections, DoNotWaitForEachOther) {
  auto first = server.connect();
  first.send(get("/held"));
  gate->await_held(1);
  EXPECT_EQ(server.exchange(get("/")).status, 200);
  gate->release(text("held"));
  EXPECT_EQ(first.response().body, "held");
}

TEST_F(HttpConnections, TellTheHandlerThatTheClientHasLeft) {
  auto client = server.connect();
  client.send(get("/held"));
  gate->await_held(1);
  client.close();
  gate->await_gone(1);
}

TEST_F(HttpConnections, TellTheHandlerThatTheClientHasReset) {
  auto client = server.connect();
  client.send(get("/held"));
  gate->await_held(1);
  client.reset();
  gate->await_gone(1);
}

// Also when it comes late: a long poll after some other requests, and after a next request.
TEST_F(HttpConnections, WatchAClientThatHasSentMore) {
  auto client = server.connect();
  EXPECT_EQ(client.exchange(get("/")).status, 200);
  client.send(get("/held"));
  gate->await_held(1);
  client.send(get("/next"));
  client.close();
  gate->await_gone(1);
}

TEST_F(HttpConnections, AnswerAClientThatClosesItsSendingSide) {
  auto client = server.connect();
  client.send(get("/1") + get("/2"));
  client.end();
  EXPECT_TRUE(client.response().has("X-Target: /1"));
  EXPECT_TRUE(client.response().has("X-Target: /2"));
  EXPECT_TRUE(client.at_end());

  auto waiting = server.connect();
  waiting.send(get("/held"));
  gate->await_held(1);
  waiting.end();
  gate->await_gone(1);
  EXPECT_EQ(waiting.response().status, 499);
  EXPECT_TRUE(waiting.at_end());
}

TEST_F(HttpConnections, CloseWhenARequestIsCutShort) {
  auto client = server.connect();
  client.send("GET / HTT");
  client.end();
  EXPECT_TRUE(client.at_end());
}

TEST_F(HttpConnections, DrainLetsRequestsUnderWayEnd) {
  auto idle = server.connect();
  EXPECT_EQ(idle.exchange(get("/")).status, 200);
  auto busy = server.connect();
  busy.send(get("/held"));
  gate->await_held(1);
  auto begun = server.connect();
  begun.send("GET / HTTP/1.1\r\nHo");
  EXPECT_EQ(server.exchange(get("/")).status, 200);  // what was sent before has been read

  std::promise<void> drained;
  auto done = drained.get_future();
  server.drain([&] { drained.set_value(); });
  EXPECT_TRUE(idle.at_end());
  EXPECT_THROW(server.connect(), std::system_error);
  EXPECT_TRUE(begun.at_end());  // what has not come whole is not waited for
  EXPECT_EQ(done.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
  gate->release(text("held"));
  const auto last = busy.response();
  EXPECT_EQ(last.body, "held");
  EXPECT_TRUE(last.has("Connection: close"));
  EXPECT_EQ(done.wait_for(std::chrono::seconds(20)), std::future_status::ready);
}

TEST_F(HttpConnections, DrainWithNothingToDoIsDone) {
  std::promise<void> drained;
  server.drain([&] { drained.set_value(); });
  EXPECT_EQ(drained.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
}

TEST_F(HttpConnections, EndWithTheServer) {
  auto idle = server.connect();
  EXPECT_EQ(idle.exchange(get("/")).status, 200);
  auto busy = server.connect();
  busy.send(get("/held"));
  gate->await_held(1);
  server.destroy();
  EXPECT_TRUE(idle.at_end());
  EXPECT_TRUE(busy.at_end());
  gate->await_gone(1);
  EXPECT_THROW(server.connect(), std::system_error);
}

// A handler that does not listen to `gone` may answer long after its server has gone.
TEST(HttpServer, MayBeDestroyedWhileAHandlerIsSuspended) {
  const Pending<http::Response> answer;
  std::promise<void> held;
  std::atomic<bool> resumed = false;
  const auto capture = std::make_shared<int>(7);
  TestServer server([&, capture](http::Request, std::stop_token) -> Task<http::Response> {
    held.set_value();
    auto response = co_await answer;
    resumed = *capture == 7;  // lives in the server's copy of the handler
    co_return response;
  });
  auto client = server.connect();
  client.send(get("/"));
  held.get_future().wait();
  server.destroy();
  EXPECT_TRUE(client.at_end());
  server.thread().call([&] { answer.set({}); });
  EXPECT_TRUE(resumed);
  server.thread().call([] {});  // what the closing has left to do is done
  EXPECT_EQ(capture.use_count(), 1);
}

TEST(HttpServer, MayBeDestroyedByItsHandler) {
  TestServer* self = nullptr;
  TestServer server([&](http::Request request, std::stop_token gone) -> Task<http::Response> {
    self->destroy_here();
    return echo(std::move(request), std::move(gone));
  });
  self = &server;
  auto client = server.connect();
  client.send(get("/") + get("/"));
  EXPECT_TRUE(client.at_end());
}

TEST(HttpServer, AnswersAnExceptionAndCloses) {
  TestServer server([](http::Request request, std::stop_token) -> Task<http::Response> {
    if (request.target == "/at-once") throw std::runtime_error("bug");
    return [](std::string target) -> Task<http::Response> {
      if (target == "/in-task") throw std::runtime_error("bug");
      co_return http::Response{};
    }(request.target);
  });
  for (const auto* target : {"/at-once", "/in-task"}) {
    auto client = server.connect();
    client.send(get(target) + get("/"));
    const auto response = client.response();
    EXPECT_EQ(response.status, 500);
    EXPECT_TRUE(response.has("Connection: close"));
    EXPECT_TRUE(client.at_end());
  }
  EXPECT_EQ(server.exchange(get("/")).status, 200);
}

TEST(HttpServer, ServesNoMoreConnectionsThanItsLimit) {
  TestServer server(echo, {.max_connections = 2});
  auto first = server.connect();
  auto second = server.connect();
  EXPECT_EQ(first.exchange(get("/")).status, 200);
  EXPECT_EQ(second.exchange(get("/")).status, 200);
  auto third = server.connect();
  third.send(get("/"));
  EXPECT_TRUE(third.is_silent(20));
  first.close();
  EXPECT_EQ(third.response().status, 200);
}

TEST(HttpServer, BoundsAClientThatDoesNotRead) {
  std::atomic<std::size_t> handled = 0;
  TestServer server([&](http::Request, std::stop_token) -> Task<http::Response> {
    ++handled;
    co_return text(std::string(10'000, 'x'));
  });
  auto client = RawSocket::connect(server.port(), 4096);
  const auto request = "GET / HTTP/1.1\r\nHost: test\r\nX-Padding: " + std::string(4000, 'p') + "\r\n\r\n";
  std::string requests;
  while (requests.size() < 20'000'000) requests += request;
  const auto sent = client.send_what_fits(requests);
  const auto before_reading = handled.load();
  EXPECT_LT(sent, requests.size());
  EXPECT_LT(before_reading, 1000U);  // the kernel's buffers and ours, not all that can be sent
  const auto whole = sent / request.size();
  for (std::size_t i = 0; i < whole; ++i) ASSERT_EQ(client.response().body.size(), 10'000U) << i;
  EXPECT_EQ(handled, whole);
}

TEST(HttpTimeouts, ASlowHeaderIsRefused) {
  TestServer server(echo, {.header_timeout = Duration(30)});
  auto client = server.connect();
  client.send("GET / HTTP/1.1\r\nHost:");
  EXPECT_EQ(client.response().status, 408);
  EXPECT_TRUE(client.at_end());
}

TEST(HttpTimeouts, ASlowBodyIsRefused) {
  TestServer server(echo, {.body_timeout = Duration(30)});
  auto client = server.connect();
  client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nhel");
  EXPECT_EQ(client.response().status, 408);
  EXPECT_TRUE(client.at_end());
}

TEST(HttpTimeouts, AnIdleConnectionIsClosed) {
  TestServer server(echo, {.idle_timeout = Duration(200)});
  auto fresh = server.connect();
  EXPECT_TRUE(fresh.at_end());
  auto used = server.connect();
  EXPECT_EQ(used.exchange(get("/")).status, 200);
  EXPECT_TRUE(used.at_end());
}

TEST(HttpTimeouts, AClientThatDoesNotReadItsAnswerIsCut) {
  const std::string body(30'000'000, 'x');
  TestServer server([&](http::Request, std::stop_token) -> Task<http::Response> { co_return text(body); },
                    {.max_connections = 1, .body_timeout = Duration(300)});
  auto client = RawSocket::connect(server.port(), 4096);
  client.send(get("/"));
  auto next = server.connect();  // served as soon as the first is cut
  next.send(get("/"));
  EXPECT_EQ(next.response().body.size(), body.size());
}

TEST(HttpTimeouts, AHandlerMayTakeItsTime) {
  std::optional<Gate> gate;
  const Duration brief{5};
  TestServer server(held_by(gate), {.header_timeout = brief, .body_timeout = brief, .idle_timeout = Duration(10'000)});
  gate.emplace(server.thread().loop());
  auto client = server.connect();
  client.send(get("/held"));
  EXPECT_TRUE(client.is_silent(30));
  gate->release(text("held"));
  EXPECT_EQ(client.response().body, "held");
}

TEST(HttpListen, SaysWhyItCannot) {
  TestServer server(echo);
  server.thread().call([&] {
    Network network(server.thread().loop());
    const auto taken = network.listen("127.0.0.1", server.port(), {}, echo);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, "AddressInUse");
    for (const auto* address : {"192.0.2.1", "no address"}) {
      const auto result = network.listen(address, 0, {}, echo);
      ASSERT_FALSE(result);
      EXPECT_EQ(result.error().code, "AddressUnavailable");
    }
    EXPECT_TRUE(network.listen("::1", 0, {}, echo));
  });
}

}  // namespace
}  // namespace stepwell::net
