// What a request becomes and what a response looks like on the wire.
#include "test_server.h"

#include <gtest/gtest.h>

namespace stepwell::net {
namespace {

class HttpMessages : public testing::Test {
 protected:
  TestServer server{echo};
};

TEST_F(HttpMessages, RequestReachesTheHandlerAsSent) {
  auto client = server.connect();
  const auto response = client.exchange(
      "POST /path/%7Ea?b=c%20d HTTP/1.1\r\nHost: example.test:4600\r\nX-One:  two words "
      "\r\nX-Empty:\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(response.head.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(response.has("X-Method: POST"));
  EXPECT_TRUE(response.has("X-Target: /path/%7Ea?b=c%20d"));
  EXPECT_TRUE(response.has("X-Host: example.test:4600"));
  EXPECT_TRUE(response.has("X-Field-X-One: two words"));
  EXPECT_TRUE(response.has("X-Field-X-Empty: "));
  EXPECT_NE(response.head.find("X-Peer: 127.0.0.1:"), std::string::npos);
  EXPECT_TRUE(response.has("Content-Length: 5"));
  EXPECT_NE(response.head.find("\r\nDate: "), std::string::npos);
  EXPECT_NE(response.head.find(" GMT\r\n"), std::string::npos);
  EXPECT_EQ(response.head.find("\r\nConnection: "), std::string::npos);
  EXPECT_EQ(response.body, "hello");
}

TEST_F(HttpMessages, BytesMayComeOneByOne) {
  auto client = server.connect();
  for (const char byte : std::string_view("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc"))
    client.send({&byte, 1});
  EXPECT_EQ(client.response().body, "abc");
}

TEST_F(HttpMessages, EmptyLinesBeforeARequestAreSkipped) {
  auto client = server.connect();
  EXPECT_EQ(client.exchange("\r\n\r\n" + get("/")).status, 200);
  EXPECT_EQ(client.exchange("\r\n" + get("/")).status, 200);
}

TEST_F(HttpMessages, AbsoluteFormIsStripped) {
  auto client = server.connect();
  const auto with_path = client.exchange("GET http://other.test:99/a?b HTTP/1.1\r\nHost: ignored\r\n\r\n");
  EXPECT_TRUE(with_path.has("X-Target: /a?b"));
  EXPECT_TRUE(with_path.has("X-Host: other.test:99"));
  EXPECT_TRUE(with_path.has("X-Field-Host: ignored"));
  EXPECT_TRUE(client.exchange("GET HTTPS://other.test HTTP/1.1\r\nHost: o\r\n\r\n").has("X-Target: /"));
  EXPECT_TRUE(client.exchange("GET http://other.test?q HTTP/1.1\r\nHost: o\r\n\r\n").has("X-Target: /?q"));
}

TEST_F(HttpMessages, OptionsMayAskForEverything) {
  EXPECT_TRUE(server.exchange("OPTIONS * HTTP/1.1\r\nHost: t\r\n\r\n").has("X-Target: *"));
}

TEST_F(HttpMessages, ChunkedBodyIsJoinedAndTrailersAreDropped) {
  auto client = server.connect();
  const auto response = client.exchange(
      "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: Chunked\r\n\r\n"
      "5;name=value\r\nhello\r\n1\r\n,\r\n00A\r\n0123456789\r\n0\r\nX-Trailer: t\r\n\r\n");
  EXPECT_EQ(response.body, "hello,0123456789");
  EXPECT_EQ(response.head.find("X-Trailer"), std::string::npos);
  EXPECT_EQ(client.exchange(get("/next")).status, 200);
}

TEST_F(HttpMessages, ChunkedBodyMayComeByteByByte) {
  auto client = server.connect();
  client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (const char byte : std::string_view("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")) client.send({&byte, 1});
  EXPECT_EQ(client.response().body, "abcde");
  client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (const char byte : std::string_view("0\r\n\r\n")) client.send({&byte, 1});
  EXPECT_EQ(client.response().body, "");
}

TEST_F(HttpMessages, LargeBodiesPassBothWays) {
  const std::string body(3'000'000, 'x');
  auto client = server.connect();
  const auto head = "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  for (int round = 0; round < 2; ++round) EXPECT_EQ(client.exchange(head + body).body, body);
}

TEST_F(HttpMessages, HeadGetsTheLengthWithoutTheBody) {
  auto client = server.connect();
  const auto response = client.exchange("HEAD / HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_TRUE(response.has("Content-Length: 5"));
  EXPECT_EQ(client.exchange(get("/next")).status, 200);
}

TEST(HttpResponses, SomeStatusesHaveNoBody) {
  TestServer server([](http::Request request, std::stop_token) -> Task<http::Response> {
    co_return http::Response{.status = std::stoi(request.target.substr(1)), .headers = {}, .body = "body"};
  });
  auto client = server.connect();
  for (const auto* target : {"/204", "/304"}) {
    const auto response = client.exchange(get(target));
    EXPECT_EQ(response.head.find("Content-Length"), std::string::npos);
    EXPECT_EQ(response.body, "");
  }
  EXPECT_EQ(client.exchange(get("/404")).body, "body");
}

TEST(HttpResponses, TheWriterFrames) {
  TestServer server([](http::Request, std::stop_token) -> Task<http::Response> {
    http::Response response;
    for (const auto* name : {"content-length", "Date", "Connection", "Transfer-Encoding", "X-Kept"})
      response.headers.add(name, "7");
    response.body = "body";
    co_return response;
  });
  const auto response = server.exchange(get("/"));
  EXPECT_TRUE(response.has("Content-Length: 4"));
  EXPECT_TRUE(response.has("X-Kept: 7"));
  EXPECT_EQ(response.head.find(": 7\r\n"), response.head.rfind(": 7\r\n"));
}

TEST(HttpResponses, AFieldCannotBreakOutOfItsLine) {
  TestServer server([](http::Request, std::stop_token) -> Task<http::Response> {
    http::Response response;
    response.headers.add("X-Name", "value\r\nX-Forged: yes");
    co_return response;
  });
  const auto response = server.exchange(get("/"));
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.head.find("Forged"), std::string::npos);
}

}  // namespace
}  // namespace stepwell::net
