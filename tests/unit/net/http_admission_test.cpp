// Requests that a doorkeeper refuses or bounds, before their bodies are kept; and what one address may hold.
#include "test_server.h"

#include <gtest/gtest.h>

namespace stepwell::net {
namespace {

http::Response refusal() { return {.status = 403, .headers = {}, .body = "not you"}; }

// Lets in what does not ask for "/refused", with bodies of 10 bytes, "/large" with 3 MB.
Admission usual(const http::Request& header, std::optional<std::uint64_t>, const Load&) {
  Admission admission{.max_body_bytes = header.target == "/large" ? 3U << 20U : 10U};
  if (header.target == "/refused") admission.refusal = refusal();
  return admission;
}

std::string post(std::string_view target, std::size_t size) {
  return "POST " + std::string(target) + " HTTP/1.1\r\nHost: t\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
}

class HttpAdmission : public testing::Test {
 protected:
  TestServer server{ServerSettings{.handler = echo, .doorkeeper = usual}};
};

TEST_F(HttpAdmission, ARefusalTakesTheHandlersPlace) {
  auto client = server.connect();
  for (int i = 0; i < 2; ++i) {
    const auto response = client.exchange(post("/refused", 5) + "hello");
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(response.body, "not you");
  }
  EXPECT_EQ(client.exchange(post("/", 5) + "hello").body, "hello");
}

TEST_F(HttpAdmission, ARefusalDoesNotWaitForALargeBody) {
  auto client = server.connect();
  client.send(post("/refused", 1'000'000));
  const auto response = client.response();
  EXPECT_EQ(response.status, 403);
  EXPECT_TRUE(response.has("Connection: close"));
  EXPECT_TRUE(client.at_end());
}

TEST_F(HttpAdmission, BoundsTheBodyByItsHeader) {
  EXPECT_EQ(server.exchange(post("/", 10) + "0123456789").status, 200);
  EXPECT_EQ(server.exchange(post("/", 11)).status, 413);
  const std::string body(3U << 20U, 'x');
  EXPECT_EQ(server.exchange(post("/large", body.size()) + body).body.size(), body.size());
}

TEST_F(HttpAdmission, BoundsABodyInChunks) {
  auto client = server.connect();
  client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
  client.send("5\r\nhello\r\n5\r\nworld\r\n");
  client.send("1\r\n!\r\n0\r\n\r\n");
  EXPECT_EQ(client.response().status, 413);
  EXPECT_TRUE(client.at_end());
}

TEST_F(HttpAdmission, BoundsTheFieldsOfAHeader) {
  std::string request = "GET / HTTP/1.1\r\nHost: t\r\n";
  for (int i = 0; i < 200; ++i) request += "X: y\r\n";
  EXPECT_EQ(server.exchange(request + "\r\n").status, 431);
}

TEST(HttpLoad, IsToldToTheDoorkeeper) {
  std::optional<Gate> gate;
  Load last;
  TestServer server(ServerSettings{
      .handler = [&](http::Request request,
                     std::stop_token gone) { return gate->hold(std::move(request), std::move(gone)); },
      .doorkeeper = [&](const http::Request&, std::optional<std::uint64_t>, const Load& load) -> Admission {
        last = load;
        return {.max_body_bytes = 9U << 20U};
      }});
  gate.emplace(server.thread().loop());
  const auto load = [&] { return server.thread().call([&] { return last; }); };
  auto first = server.connect();
  first.send(get("/"));
  gate->await_held(1);
  EXPECT_EQ(load().requests, 1U);
  auto second = server.connect();
  second.send(post("/", 2U << 20U) + std::string(2U << 20U, 'x'));
  gate->await_held(2);
  EXPECT_EQ(load().requests, 2U);
  EXPECT_EQ(load().large_body_bytes, 0U);
  auto third = server.connect();
  third.send(get("/"));
  gate->await_held(3);
  EXPECT_EQ(load().requests_of_client, 3U);
  EXPECT_EQ(load().large_body_bytes, 2U << 20U);
  for (int i = 0; i < 3; ++i) gate->release({});
  EXPECT_EQ(second.response().status, 200);
  second.send(get("/"));
  gate->await_held(4);
  EXPECT_EQ(load().large_body_bytes, 0U);
  gate->release({});
}

TEST(HttpLoad, ALargeBodyThatIsGivenUpLeavesRoom) {
  Load last;
  TestServer server(ServerSettings{
      .handler = echo,
      .doorkeeper = [&](const http::Request&, std::optional<std::uint64_t>, const Load& load) -> Admission {
        last = load;
        return {.max_body_bytes = 9U << 20U};
      }});
  const auto large = [&] {
    EXPECT_EQ(server.exchange(get("/")).status, 200);
    return server.thread().call([&] { return last.large_body_bytes; });
  };
  auto client = server.connect();
  client.send(post("/", 2U << 20U) + "some");
  while (large() == 0) {
  }
  EXPECT_EQ(large(), 2U << 20U);
  client.reset();
  while (large() != 0) {
  }
}

TEST(HttpLoad, OneAddressHasItsShareOfConnections) {
  TestServer server(echo, {.max_connections_per_client = 2});
  auto first = server.connect();
  auto second = server.connect();
  EXPECT_EQ(first.exchange(get("/")).status, 200);
  EXPECT_EQ(second.exchange(get("/")).status, 200);
  auto third = server.connect();
  EXPECT_TRUE(third.at_end());
  EXPECT_EQ(first.exchange(get("/")).status, 200);
}

}  // namespace
}  // namespace stepwell::net
