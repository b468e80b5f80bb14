// The client against plain sockets that answer what the test says, and against the server.
#include "client_fixture.h"
#include "test_server.h"

namespace stepwell::net {
namespace {

constexpr std::string_view kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

// Takes one request, header only, from a connection.
std::string request_on(RawSocket& host) {
  std::string request;
  while (!request.ends_with("\r\n\r\n")) {
    const auto byte = host.receive(1);
    if (byte.empty()) break;
    request += byte;
  }
  return request;
}

class HttpClientTest : public ClientTest {
 protected:
  // Calls a host that answers `bytes` and closes.
  Answer answer_to(std::string_view bytes, std::string method = "GET", std::size_t max_bytes = 1000) {
    RawListener listener;
    auto request = call(listener.port(), "/", std::move(method));
    request.max_response_bytes = max_bytes;
    auto answer = send(std::move(request));
    auto host = listener.accept();
    request_on(host);
    try {
      host.send(bytes);
      host.end();
    } catch (const std::system_error&) {
      // the client has seen enough
    }
    return answer.get();
  }
};

TEST_F(HttpClientTest, SendsARequest) {
  RawListener listener;
  auto request = call(listener.port(), "/a%20b?c=d#fragment", "POST");
  request.request.headers.add("X-Name", "value");
  request.request.headers.add("Host", "other");
  request.request.headers.add("Content-Length", "7");
  request.request.body = "body";
  auto answer = send(std::move(request));
  auto host = listener.accept();
  const auto expected = "POST /a%20b?c=d HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(listener.port()) +
                        "\r\nX-Name: value\r\nContent-Length: 4\r\n\r\nbody";
  EXPECT_EQ(host.receive(expected.size()), expected);
  host.send("HTTP/1.1 201 Created\r\nX-Answer: yes\r\nContent-Length: 2\r\n\r\nhi");
  const auto response = answer.get();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 201);
  EXPECT_EQ(response->headers.get("x-answer"), "yes");
  EXPECT_EQ(response->body, "hi");
}

TEST_F(HttpClientTest, KeepsConnections) {
  RawListener listener;
  auto first = send(call(listener.port(), "/1"));
  auto host = listener.accept();
  request_on(host);
  host.send(kOk);
  EXPECT_TRUE(first.get());
  auto second = send(call(listener.port(), "/2"));
  EXPECT_TRUE(request_on(host).starts_with("GET /2 "));
  host.send(kOk);
  EXPECT_TRUE(second.get());
}

TEST_F(HttpClientTest, DoesNotKeepAConnectionThatCloses) {
  for (const auto* last : {"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                           "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                           "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore than asked for"}) {
    RawListener listener;
    auto answer = send(call(listener.port()));
    auto host = listener.accept();
    request_on(host);
    host.send(last);
    EXPECT_TRUE(answer.get());
    EXPECT_TRUE(host.at_end());
  }
}

TEST_F(HttpClientTest, NoticesThatAKeptConnectionIsClosed) {
  RawListener listener;
  auto first = send(call(listener.port()));
  auto host = listener.accept();
  request_on(host);
  host.send(kOk);
  EXPECT_TRUE(first.get());
  host.close();
  auto second = send(call(listener.port()));
  auto next = listener.accept();
  request_on(next);
  next.send(kOk);
  EXPECT_TRUE(second.get());
}

TEST_F(HttpClientTest, SendsAgainWhenAKeptConnectionClosesBeforeTheAnswer) {
  RawListener listener;
  auto first = send(call(listener.port()));
  auto host = listener.accept();
  request_on(host);
  host.send(kOk);
  EXPECT_TRUE(first.get());
  auto second = send(call(listener.port(), "/again"));
  EXPECT_TRUE(request_on(host).starts_with("GET /again "));
  host.close();
  auto next = listener.accept();
  EXPECT_TRUE(request_on(next).starts_with("GET /again "));
  next.close();  // a second time is a failure
  EXPECT_EQ(code_of(second.get()), "ConnectionFailed");
}

TEST_F(HttpClientTest, DoesNotSendAgainOnceTheAnswerHasBegun) {
  RawListener listener;
  auto first = send(call(listener.port()));
  auto host = listener.accept();
  request_on(host);
  host.send(kOk);
  EXPECT_TRUE(first.get());
  auto second = send(call(listener.port()));
  request_on(host);
  host.send("HTTP/1.1 200");
  host.close();
  EXPECT_EQ(code_of(second.get()), "ConnectionFailed");
}

TEST_F(HttpClientTest, ReadsEveryFraming) {
  EXPECT_EQ(answer_to("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n1;a=b\r\n!\r\n0\r\nT: t\r\n\r\n")
                ->body,
            "hi!");
  EXPECT_EQ(answer_to("HTTP/1.1 200 OK\r\n\r\nup to the end")->body, "up to the end");
  EXPECT_EQ(answer_to("HTTP/1.1 200 OK\r\n\r\n")->body, "");
  EXPECT_EQ(answer_to("HTTP/1.1 204 No Content\r\n\r\n")->status, 204);
  EXPECT_EQ(answer_to("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n")->status, 304);
  EXPECT_EQ(answer_to("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "HEAD")->headers.get("Content-Length"), "5");
}

TEST_F(HttpClientTest, SkipsInterimAnswers) {
  const auto answer =
      answer_to("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + std::string(kOk));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_FALSE(answer->headers.contains("Link"));
  std::string endless;
  for (int i = 0; i < 100; ++i) endless += "HTTP/1.1 100 Continue\r\n\r\n";
  EXPECT_EQ(code_of(answer_to(endless)), "ProtocolError");
}

TEST_F(HttpClientTest, RefusesAnswersThatAreNone) {
  EXPECT_EQ(code_of(answer_to("")), "ConnectionFailed");
  EXPECT_EQ(code_of(answer_to("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi")), "ConnectionFailed");
  EXPECT_EQ(code_of(answer_to("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhi")), "ConnectionFailed");
  EXPECT_EQ(code_of(answer_to("nonsense\r\n\r\n")), "ProtocolError");
  EXPECT_EQ(code_of(answer_to("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n")), "ProtocolError");
  EXPECT_EQ(code_of(answer_to("HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n")), "ProtocolError");
  EXPECT_EQ(code_of(answer_to("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(100'000, 'x'))),
            "ProtocolError");
}

TEST_F(HttpClientTest, BoundsTheAnswer) {
  const std::string eleven = "01234567890";
  EXPECT_EQ(code_of(answer_to("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" + eleven, "GET", 10)),
            "ResponseTooLarge");
  EXPECT_EQ(code_of(answer_to("HTTP/1.1 200 OK\r\n\r\n" + eleven, "GET", 10)), "ResponseTooLarge");
  EXPECT_EQ(code_of(answer_to("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n5\r\n", "GET", 10)),
            "ResponseTooLarge");
  EXPECT_EQ(code_of(answer_to("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" + eleven, "GET", 11)), "answered");
}

TEST_F(HttpClientTest, TakesARefusalBeforeAllIsSent) {
  RawListener listener;
  auto request = call(listener.port(), "/", "POST");
  request.request.body.assign(20'000'000, 'x');
  auto answer = send(std::move(request));
  auto host = listener.accept();
  request_on(host);
  host.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  host.end();
  while (!host.receive_some().empty()) {
  }
  ASSERT_EQ(code_of(answer.get()), "answered");
}

TEST_F(HttpClientTest, TimesOutAtEveryStep) {
  RawListener listener;
  const auto timeout = Duration(200);
  for (const auto* bytes : {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi"}) {
    auto request = call(listener.port());
    request.timeout = timeout;
    auto answer = send(std::move(request));
    auto host = listener.accept();
    host.send(bytes);
    EXPECT_EQ(code_of(answer.get()), "Timeout");
  }
  auto large = call(listener.port(), "/", "POST");
  large.timeout = timeout;
  large.request.body.assign(20'000'000, 'x');
  EXPECT_EQ(code_of(send(std::move(large)).get()), "Timeout");  // nobody reads it
  auto at_once = call(listener.port());
  at_once.timeout = Duration(0);
  EXPECT_EQ(code_of(send(std::move(at_once)).get()), "Timeout");
}

TEST_F(HttpClientTest, SaysThatItCannotConnect) {
  std::uint16_t port = 0;
  {
    const RawListener listener;
    port = listener.port();
  }
  const auto refused = send(call(port)).get();
  EXPECT_EQ(code_of(refused), "ConnectionFailed");
  EXPECT_NE(refused.error().message.find("refused"), std::string::npos) << refused.error().message;
  auto unknown = call(port);
  unknown.url = "http://no-such-host.invalid/";
  EXPECT_EQ(code_of(send(std::move(unknown)).get()), "ConnectionFailed");
}

TEST_F(HttpClientTest, FindsThisMachineByName) {
  TestServer server(echo);
  for (const std::string host : {"LOCALHOST", "sync.localhost"}) {
    auto request = call(0);
    request.url = "http://" + host + ":" + std::to_string(server.port()) + "/path";
    const auto answer = send(std::move(request)).get();
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->headers.get("X-Host"), host + ":" + std::to_string(server.port()));
  }
}

TEST_F(HttpClientTest, RefusesWhatCannotBeSent) {
  for (const auto* url : {"", "/path", "ftp://host/", "http://", "http:///path", "http://user@host/", "http://host:0/",
                          "http://host:65536/", "http://host:x/", "http://ho st/", "http://host/a b", "http://[::1",
                          "http://[x]/", "https://user@host/"}) {
    auto request = call(0);
    request.url = url;
    EXPECT_EQ(code_of(send(std::move(request)).get()), "InvalidUrl") << url;
  }
  auto field = call(1);
  field.request.headers.add("X", "a\r\nInjected: yes");
  EXPECT_EQ(code_of(send(std::move(field)).get()), "ProtocolError");
  EXPECT_EQ(code_of(send(call(1, "/", "GET / HTTP/1.1\r\n")).get()), "ProtocolError");
}

TEST_F(HttpClientTest, SpeaksToTheServer) {
  TestServer server(echo);
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, std::size_t{100'000}, std::size_t{5'000'000}}) {
    auto request = call(server.port(), "/a?b", "PUT");
    request.request.body.assign(size, 'x');
    const auto answer = send(std::move(request)).get();
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->headers.get("X-Target"), "/a?b");
    EXPECT_EQ(answer->body.size(), size);
  }
}

// More calls at once than may be open to one host: the rest wait for their turn, and all are answered.
TEST_F(HttpClientTest, ManyCallsTakeTurns) {
  std::optional<Gate> gate;
  TestServer server(
      [&](http::Request request, std::stop_token gone) { return gate->hold(std::move(request), std::move(gone)); });
  gate.emplace(server.thread().loop());
  std::vector<std::future<Answer>> answers;
  for (int i = 0; i < 600; ++i) answers.push_back(send(call(server.port())));
  gate->await_held(512);
  auto impatient = call(server.port());
  impatient.timeout = Duration(10);
  EXPECT_EQ(code_of(send(std::move(impatient)).get()), "Timeout");
  for (std::size_t i = 0; i < answers.size(); ++i) {
    gate->await_held(i + 1);
    gate->release({});
  }
  for (auto& answer : answers) EXPECT_TRUE(answer.get());
}

TEST_F(HttpClientTest, MayBeDestroyedDuringACall) {
  RawListener listener;
  auto answer = send(call(listener.port()));
  auto host = listener.accept();
  request_on(host);
  thread.call([this] { client.reset(); });
  host.send(kOk);
  EXPECT_TRUE(answer.get());
  EXPECT_TRUE(host.at_end());
}

}  // namespace
}  // namespace stepwell::net
