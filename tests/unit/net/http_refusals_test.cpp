// What is not a request, and how it is told so.
#include "test_server.h"

#include <gtest/gtest.h>

namespace stepwell::net {
namespace {

struct Case {
  const char* name;
  std::string request;
  int status;
};

std::string with_fields(std::string_view fields) {
  return "POST / HTTP/1.1\r\nHost: t\r\n" + std::string(fields) + "\r\n";
}

const http::ServerLimits kLimits{.max_header_bytes = 2048, .max_body_bytes = 1000};

class HttpRefusals : public testing::TestWithParam<Case> {};

TEST_P(HttpRefusals, AnswersAndCloses) {
  TestServer server(echo, kLimits);
  auto client = server.connect();
  const auto response = client.exchange(GetParam().request);
  EXPECT_EQ(response.status, GetParam().status) << response.head;
  EXPECT_TRUE(response.has("Connection: close"));
  EXPECT_TRUE(client.at_end());
  EXPECT_EQ(server.exchange(get("/")).status, 200);
}

INSTANTIATE_TEST_SUITE_P(
    Table, HttpRefusals,
    testing::Values(
        Case{"Garbage", "\x16\x03\x01\x02\x01\r\n\r\n", 400},                                //
        Case{"NoVersion", "GET /\r\n\r\n", 400},                                             //
        Case{"OddVersion", "GET / HTTX/1.1\r\n\r\n", 400},                                   //
        Case{"OldVersion", "GET / HTTP/0.9\r\n\r\n", 505},                                   //
        Case{"NewVersion", "PRI * HTTP/2.0\r\n\r\n", 505},                                   //
        Case{"BareLineFeeds", "GET / HTTP/1.1\nHost: t\n\n\r\n\r\n", 400},                   //
        Case{"LowerCaseMethod", "get / HTTP/1.1\r\nHost: t\r\n\r\n", 501},                   //
        Case{"Connect", "CONNECT a:1 HTTP/1.1\r\nHost: t\r\n\r\n", 501},                     //
        Case{"OddTarget", "GET a/b HTTP/1.1\r\nHost: t\r\n\r\n", 400},                       //
        Case{"Fragment", "GET /a#b HTTP/1.1\r\nHost: t\r\n\r\n", 400},                       //
        Case{"Star", "GET * HTTP/1.1\r\nHost: t\r\n\r\n", 400},                              //
        Case{"EmptyAuthority", "GET http:///a HTTP/1.1\r\nHost: t\r\n\r\n", 400},            //
        Case{"UserInAuthority", "GET http://u@h/a HTTP/1.1\r\nHost: t\r\n\r\n", 400},        //
        Case{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},                                       //
        Case{"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},               //
        Case{"OddHost", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},                         //
        Case{"SpaceBeforeColon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},                 //
        Case{"ControlInField", "GET / HTTP/1.1\r\nHost: t\r\nX: a\x01z\r\n\r\n", 400},       //
        Case{"NegativeLength", with_fields("Content-Length: -1\r\n"), 400},                  //
        Case{"SignedLength", with_fields("Content-Length: +1\r\n"), 400},                    //
        Case{"HugeLength", with_fields("Content-Length: 99999999999999999999\r\n"), 400},    //
        Case{"TwoLengths", with_fields("Content-Length: 1\r\nContent-Length: 2\r\n"), 400},  //
        Case{"LengthAndChunked", with_fields("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"), 400},
        Case{"ChunkedAndLength", with_fields("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n"), 400},
        Case{"UnknownCoding", with_fields("Transfer-Encoding: gzip\r\n"), 501},        //
        Case{"TwoCodings", with_fields("Transfer-Encoding: gzip, chunked\r\n"), 501},  //
        Case{"ChunkedInOldVersion", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        Case{"BadChunkSize", with_fields("Transfer-Encoding: chunked\r\n") + "x\r\n", 400},  //
        Case{"BadChunkEnd", with_fields("Transfer-Encoding: chunked\r\n") + "1\r\nabc\r\n", 400},
        Case{"LongChunkLine", with_fields("Transfer-Encoding: chunked\r\n") + "1;" + std::string(70'000, 'a'), 400},
        Case{"LongTarget", "GET /" + std::string(4000, 'a') + " HTTP/1.1\r\nHost: t\r\n\r\n", 414},
        Case{"EndlessTarget", "GET /" + std::string(4000, 'a'), 414},                            //
        Case{"LongField", with_fields("X: " + std::string(4000, 'a') + "\r\n"), 431},            //
        Case{"EndlessField", "GET / HTTP/1.1\r\nHost: t\r\nX: " + std::string(4000, 'a'), 431},  //
        Case{"LongBody", with_fields("Content-Length: 1001\r\n"), 413},                          //
        Case{"LongChunk", with_fields("Transfer-Encoding: chunked\r\n") + "3e9\r\n", 413},       //
        Case{"LongChunks",
             with_fields("Transfer-Encoding: chunked\r\n") + "1f4\r\n" + std::string(500, 'a') + "\r\n1f5\r\n", 413},
        Case{"LongBodyExpected", with_fields("Expect: 100-continue\r\nContent-Length: 1001\r\n"), 413}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(HttpLimits, ExactlyTheLimitPasses) {
  TestServer server(echo, kLimits);
  EXPECT_EQ(server.exchange(with_fields("Content-Length: 1000\r\n") + std::string(1000, 'a')).status, 200);
}

TEST(HttpLimits, AHeaderSentInPiecesIsBoundedAsAWhole) {
  TestServer server(echo, kLimits);
  auto client = server.connect();
  client.send("GET / HTTP/1.1\r\nHost: t\r\n");
  const auto field = "X: " + std::string(100, 'a') + "\r\n";
  for (int i = 0; i < 30; ++i) client.send(field);
  client.send("\r\n");
  EXPECT_EQ(client.response().status, 431);
}

TEST(HttpLimits, AnswersBeforeTheRefusalAreSent) {
  TestServer server(echo, kLimits);
  auto client = server.connect();
  client.send(get("/a") + get("/b") + "nonsense\r\n\r\n" + get("/c"));
  EXPECT_TRUE(client.response().has("X-Target: /a"));
  EXPECT_TRUE(client.response().has("X-Target: /b"));
  EXPECT_EQ(client.response().status, 400);
  EXPECT_TRUE(client.at_end());
}

// The refusal must not be destroyed by a reset while the client still sends.
TEST(HttpLimits, TheRefusalReachesAClientThatIsStillSending) {
  TestServer server(echo, kLimits);
  const std::string body(2'000'000, 'a');
  auto client = server.connect();
  client.send(with_fields("Content-Length: 2000000\r\n"));
  client.send(body);
  EXPECT_EQ(client.response().status, 413);
  EXPECT_TRUE(client.at_end());
}

TEST(HttpExpect, ContinueComesBeforeTheBody) {
  TestServer server(echo, kLimits);
  auto client = server.connect();
  for (int round = 0; round < 2; ++round) {
    client.send(with_fields("Expect: 100-Continue\r\nContent-Length: 5\r\n"));
    EXPECT_EQ(client.receive(25), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(client.exchange("hello").body, "hello");
  }
}

TEST(HttpExpect, NobodyWaitsInVain) {
  TestServer server(echo, kLimits);
  EXPECT_EQ(server.exchange(with_fields("Expect: 100-continue\r\nContent-Length: 5\r\n") + "hello").body, "hello");
  EXPECT_EQ(server.exchange(with_fields("Expect: 100-continue\r\n")).status, 200);
  auto old = server.connect();
  old.send("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(old.response().body, "hello");
}

}  // namespace
}  // namespace stepwell::net
