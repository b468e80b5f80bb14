// Other ways of a call: to a Unix socket, and with a body that is passed on as it comes.
#include "client_fixture.h"
#include "raw_socket.h"

#include <filesystem>

namespace stepwell::net {
namespace {

namespace fs = std::filesystem;

std::string request_on(RawSocket& host) {
  std::string request;
  while (!request.ends_with("\r\n\r\n")) {
    const auto byte = host.receive(1);
    if (byte.empty()) break;
    request += byte;
  }
  return request;
}

class HttpClientWaysTest : public ClientTest {
 protected:
  HttpClientWaysTest() {
    std::string name = (fs::temp_directory_path() / "stepwell-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~HttpClientWaysTest() override { fs::remove_all(folder); }

  http::Call call_of_socket() const {
    auto call = ClientTest::call(1, "/containers?all=true");
    call.url = "http://engine/containers?all=true";
    call.socket = folder / "socket";
    return call;
  }

  fs::path folder;
};

TEST_F(HttpClientWaysTest, CallsAUnixSocketAndKeepsItsConnection) {
  RawListener listener((folder / "socket").string());
  auto first = send(call_of_socket());
  auto host = listener.accept();
  EXPECT_EQ(request_on(host), "GET /containers?all=true HTTP/1.1\r\nHost: engine\r\n\r\n");
  host.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
  const auto response = first.get();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "hi");
  auto second = send(call_of_socket());
  request_on(host);
  host.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(second.get()->status, 404);
}

TEST_F(HttpClientWaysTest, ASocketThatIsNotThereIsAFailedConnection) {
  EXPECT_EQ(code_of(send(call_of_socket()).get()), "ConnectionFailed");
  auto call = call_of_socket();
  call.socket = "/" + std::string(200, 'x');
  EXPECT_EQ(code_of(send(std::move(call)).get()), "ConnectionFailed");
}

TEST_F(HttpClientWaysTest, PassesOnABodyAsItComesHoweverLong) {
  RawListener listener;
  std::string body;
  std::promise<void> first_piece;
  auto request = call(listener.port());
  request.max_response_bytes = 4;
  request.on_body = [&](std::string_view piece) {
    if (body.empty()) first_piece.set_value();
    body += piece;
  };
  auto answer = send(std::move(request));
  auto host = listener.accept();
  request_on(host);
  host.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nfirst \r\n");
  first_piece.get_future().get();
  host.send("7\r\nsecond!\r\n0\r\n\r\n");
  const auto response = answer.get();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "");
  EXPECT_EQ(body, "first second!");
}

TEST_F(HttpClientWaysTest, KeepsTheBodyOfARefusalWithinItsBound) {
  for (const std::string text : {"none", "too long"}) {
    RawListener listener;
    std::string body;
    auto request = call(listener.port());
    request.max_response_bytes = 4;
    request.on_body = [&](std::string_view piece) { body += piece; };
    auto answer = send(std::move(request));
    auto host = listener.accept();
    request_on(host);
    host.send("HTTP/1.1 404 Not Found\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text);
    host.end();
    const auto response = answer.get();
    EXPECT_EQ(body, "");
    if (text.size() <= 4)
      EXPECT_EQ(response->body, "none");
    else
      EXPECT_EQ(code_of(response), "ResponseTooLarge");
  }
}

}  // namespace
}  // namespace stepwell::net
