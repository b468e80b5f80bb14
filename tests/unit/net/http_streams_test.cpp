// Answers that are made while they are sent: chunks, their end, clients that leave or do not read, draining.

#include "base/http_stream.h"
#include "test_server.h"

#include <atomic>

#include <gtest/gtest.h>

namespace stepwell::net {
namespace {

// Gives out pieces until there are no more, or waits for the client to leave.
class Pieces final : public http::BodyStream {
 public:
  Pieces(std::vector<std::string> pieces, std::stop_token gone, bool waits)
      : pieces_(std::move(pieces)), gone_(std::move(gone)), waits_(waits) {}
  ~Pieces() override { ++ended; }

  Task<std::optional<std::string>> next() override {
    ++asked;
    if (given_ < pieces_.size()) co_return pieces_[given_++];
    if (waits_) {
      const Pending<bool> left;
      const std::stop_callback on_gone(gone_, [left] { left.set(true); });
      co_await left;
    }
    co_return std::nullopt;
  }

  static inline std::atomic<int> asked, ended;

 private:
  std::vector<std::string> pieces_;
  const std::stop_token gone_;
  const bool waits_;
  std::size_t given_ = 0;
};

class Broken final : public http::BodyStream {
 public:
  Task<std::optional<std::string>> next() override {
    if (std::exchange(begun_, true)) throw std::runtime_error("broken");
    co_return "a piece";
  }

 private:
  bool begun_ = false;
};

http::Response with(std::shared_ptr<http::BodyStream> stream) {
  http::Response response;
  response.headers.add("Content-Type", "text/plain");
  response.stream = std::move(stream);
  return response;
}

// /2 is two pieces, /wait two and then nothing until the client leaves, /large too much for any buffer, /broken throws.
Task<http::Response> answer(http::Request request, std::stop_token gone) {
  if (request.target == "/broken") co_return with(std::make_shared<Broken>());
  std::vector<std::string> pieces{"one", "second piece"};
  if (request.target == "/large") pieces.assign(400, std::string(64U << 10U, 'x'));
  co_return with(std::make_shared<Pieces>(std::move(pieces), std::move(gone), request.target == "/wait"));
}

class HttpStreams : public testing::Test {
 protected:
  void SetUp() override { Pieces::asked = Pieces::ended = 0; }
  // The loop has done everything that it had to do by now.
  void await_end(int count) {
    for (int i = 0; i < 20'000 && Pieces::ended < count; ++i) server.thread().call([] {});
    EXPECT_EQ(Pieces::ended, count);
  }

  TestServer server{answer};
};

TEST_F(HttpStreams, AreSentAsChunks) {
  auto client = server.connect();
  client.send(get("/2") + get("/2"));
  std::string received;
  const std::string body = "3\r\none\r\nc\r\nsecond piece\r\n0\r\n\r\n";
  while (received.find(body) == received.rfind(body)) received += client.receive_some();
  EXPECT_NE(received.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(received.find("Content-Length"), std::string::npos);
  EXPECT_TRUE(received.ends_with(body));
}

TEST_F(HttpStreams, EndWithTheConnectionInTheOldVersion) {
  auto client = server.connect();
  client.send("GET /2 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const std::string received = client.receive_all();
  EXPECT_TRUE(received.ends_with("\r\n\r\nonesecond piece")) << received;
  EXPECT_EQ(received.find("Transfer-Encoding"), std::string::npos);
}

TEST_F(HttpStreams, HaveNoBodyForHead) {
  auto client = server.connect();
  client.send("HEAD /2 HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
  const std::string received = client.receive_all();
  EXPECT_TRUE(received.ends_with("\r\n\r\n"));
  EXPECT_EQ(Pieces::asked, 0);
  await_end(1);
}

TEST_F(HttpStreams, EndWhenTheClientLeaves) {
  {
    auto client = server.connect();
    client.send(get("/wait"));
    std::string received;
    while (!received.contains("second piece")) received += client.receive_some();
  }
  await_end(1);
}

TEST_F(HttpStreams, EndWhenTheServerIsDestroyed) {
  auto client = server.connect();
  client.send(get("/wait"));
  std::string received;
  while (!received.contains("second piece")) received += client.receive_some();
  server.destroy();
  await_end(1);
}

TEST_F(HttpStreams, WaitForClientsThatDoNotRead) {
  auto client = RawSocket::connect(server.port(), 4'096);
  client.send(get("/large"));
  client.receive(1);
  int before = -1;
  while (std::exchange(before, Pieces::asked.load()) != Pieces::asked.load() || before == 0)
    server.thread().call([] {});
  EXPECT_LT(Pieces::asked, 400);
  client.close();
  await_end(1);
}

TEST_F(HttpStreams, AreCutWhenTheyBreak) {
  auto client = server.connect();
  client.send(get("/broken"));
  const std::string received = client.receive_all();
  EXPECT_TRUE(received.ends_with("7\r\na piece\r\n")) << received;
}

class HttpStreamsOfSlowReaders : public HttpStreams {};

TEST_F(HttpStreamsOfSlowReaders, AreCutWhenNothingIsReadForTooLong) {
  TestServer strict(answer, {.body_timeout = Duration(50), .min_bytes_per_second = 1U << 30U});
  auto client = RawSocket::connect(strict.port(), 4'096);
  client.send(get("/large"));
  for (int i = 0; i < 200'000 && Pieces::ended < 1; ++i) strict.thread().call([] {});
  EXPECT_EQ(Pieces::ended, 1);
}

}  // namespace
}  // namespace stepwell::net
