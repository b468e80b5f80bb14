#include "net/request_parser.h"

#include <gtest/gtest.h>

namespace stepwell::net {
namespace {

constexpr RequestParser::Limits kLimits{.header_bytes = 4096, .header_fields = 20, .body_bytes = 4096};

// Feeds `bytes` from memory of exactly their size, so that a sanitizer sees every look beyond.
std::size_t feed(RequestParser& parser, std::string_view bytes) {
  const auto copy = std::make_unique<char[]>(bytes.size());
  std::ranges::copy(bytes, copy.get());
  return parser.feed({copy.get(), bytes.size()});
}

// Gives the parser the bytes as a connection does: first up to `cut`, then all that it has left and the rest.
std::size_t feed_in_two(RequestParser& parser, std::string_view bytes, std::size_t cut) {
  const auto taken = feed(parser, bytes.substr(0, cut));
  if (parser.complete() || parser.refused()) return taken;
  return taken + feed(parser, bytes.substr(taken));
}

TEST(RequestParser, TakesOneRequestAndLeavesTheNext) {
  const std::string_view bytes = "\r\nPOST /a HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nhiGET";
  RequestParser parser(kLimits);
  EXPECT_FALSE(parser.started());
  EXPECT_EQ(parser.feed(bytes), bytes.size() - 3);
  ASSERT_TRUE(parser.complete());
  EXPECT_TRUE(parser.keep_alive());
  const auto request = parser.take_request();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/a");
  EXPECT_EQ(request.body, "hi");
}

TEST(RequestParser, KnowsWhatIsToCome) {
  RequestParser parser(kLimits);
  parser.feed("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_TRUE(parser.header_complete());
  EXPECT_FALSE(parser.complete());
  EXPECT_EQ(parser.expected_body_bytes(), 7U);
}

TEST(RequestParser, ReadsTheSameWhereverTheBytesAreCut) {
  const std::string_view requests[] = {
      "GET / HTTP/1.1\r\nHost: t\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\n01234",
      "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n012\r\n2;x=\"y\"\r\n34\r\n0\r\nT: "
      "t\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  };
  for (const auto bytes : requests) {
    RequestParser whole(kLimits);
    ASSERT_EQ(feed(whole, bytes), bytes.size());
    ASSERT_TRUE(whole.complete());
    const auto expected = whole.take_request();
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
      RequestParser parser(kLimits);
      ASSERT_EQ(feed_in_two(parser, bytes, cut), bytes.size()) << cut;
      ASSERT_TRUE(parser.complete()) << cut;
      const auto request = parser.take_request();
      EXPECT_EQ(request.body, expected.body);
      EXPECT_EQ(request.headers.fields(), expected.headers.fields());
    }
  }
}

// The end of a chunked body in any pieces: Beast asserts on some of them.
TEST(RequestParser, TakesALastChunkInPieces) {
  for (std::size_t first = 1; first < 5; ++first) {
    for (std::size_t second = first; second < 5; ++second) {
      const std::string bytes = "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
      const auto head = bytes.size() - 5;
      RequestParser parser(kLimits);
      auto taken = feed(parser, std::string_view(bytes).substr(0, head + first));
      taken += feed(parser, std::string_view(bytes).substr(taken, head + second - taken));
      if (!parser.complete()) taken += feed(parser, std::string_view(bytes).substr(taken));
      EXPECT_TRUE(parser.complete());
      EXPECT_EQ(taken, bytes.size());
    }
  }
}

}  // namespace
}  // namespace stepwell::net
