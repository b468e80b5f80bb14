// A server outlives whatever is sent to it.
#include "net/request_parser.h"
#include "test_server.h"

#include <random>

#include <gtest/gtest.h>

namespace stepwell::net {
namespace {

// Requests broken in one to four places: bytes changed, dropped, repeated, cut off, swapped for parts of other
// requests.
class Mutator {
 public:
  std::string next() {
    auto bytes = seed();
    for (auto count = pick(4) + 1; count > 0; --count) mutate(bytes);
    return bytes;
  }

 private:
  static constexpr std::string_view kSeeds[] = {
      "GET /a?b=c HTTP/1.1\r\nHost: test\r\nAccept: */*\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 12\r\n\r\n{\"key\": 123}",
      "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0;a=b\r\nT: t\r\n\r\n",
      "PUT http://h:1/x HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: "
      "close\r\n\r\nabc",
      "HEAD / HTTP/1.0\r\nConnection: keep-alive\r\nX: a\r\n b\r\n\r\n",
  };
  static constexpr std::string_view kParts[] = {
      "\r\n",        "\r",      "\n",       ":", " ", "\t", "0",    "-1",   "ffffffffffffffff",
      "HTTP/1.1",    "chunked", "\r\n\r\n", ",", ";", "\"", "\x7f", "\x80", "Content-Length: 7\r\n",
      "Host: x\r\n", "%00"};

  std::size_t pick(std::size_t count) { return random_() % count; }
  std::string seed() { return std::string(kSeeds[pick(std::size(kSeeds))]); }

  void mutate(std::string& bytes) {
    const auto at = pick(bytes.size() + 1);
    const auto count = std::min(pick(8), bytes.size() - at);
    switch (pick(6)) {
      case 0:
        if (at < bytes.size()) bytes[at] = static_cast<char>(random_());
        break;
      case 1: bytes.erase(at, count); break;
      case 2: bytes.insert(at, bytes.substr(at, count)); break;
      case 3: bytes.resize(at); break;
      case 4: bytes.insert(at, kParts[pick(std::size(kParts))]); break;
      default: bytes.insert(at, seed());
    }
  }

  std::mt19937 random_{20'240'501};
};

TEST(HttpFuzz, TheServerSurvives) {
  TestServer server(echo, {.max_header_bytes = 1024, .max_body_bytes = 1024, .max_connections = 50});
  Mutator mutator;
  for (int i = 0; i < 10'000; ++i) {
    auto client = server.connect();
    const auto bytes = mutator.next();
    const auto cut = bytes.size() / 2;
    client.send(std::string_view(bytes).substr(0, cut));
    try {
      client.send(std::string_view(bytes).substr(cut));
      client.end();
      client.receive_all();
    } catch (const std::system_error&) {
      // refused before it was all sent
    }
    if (i % 1000 == 0) ASSERT_EQ(server.exchange(get("/")).status, 200) << i;
  }
  EXPECT_EQ(server.exchange(get("/")).status, 200);
}

TEST(HttpFuzz, TheParserStaysWithinItsBytesAndItsLimits) {
  Mutator mutator;
  for (int i = 0; i < 20'000; ++i) {
    const auto bytes = mutator.next();
    RequestParser parser({.header_bytes = 512, .body_bytes = 64});
    std::size_t begin = 0;
    for (std::size_t end = 1; end <= bytes.size() && !parser.complete() && !parser.refused(); end += 1 + end % 7) {
      const std::vector<char> exact(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                                    bytes.begin() + static_cast<std::ptrdiff_t>(end));
      const auto taken = parser.feed({exact.data(), exact.size()});
      ASSERT_LE(taken, exact.size());
      begin += taken;
    }
    if (parser.complete()) ASSERT_LE(parser.take_request().body.size(), 64U);
  }
}

}  // namespace
}  // namespace stepwell::net
