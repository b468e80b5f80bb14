// The client over TLS, against the server: whom it believes, and what it says where it does not.
#include "certificates.h"
#include "client_fixture.h"
#include "test_server.h"

namespace stepwell::net {
namespace {

Timestamp now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

// A server loads no certificate that is not valid, so it is told another time.
ServerSettings settings(const Pem& pem, std::chrono::minutes later = {}) {
  const auto certificate = TlsCertificate::load(pem.certificate, pem.key, now() + std::chrono::seconds(5) + later);
  return {.handler = echo, .certificate = *certificate};
}

class HttpsClientTest : public ClientTest {
 protected:
  HttpsClientTest() { open(*TlsAuthorities::load(authority.pem())); }

  Answer get(const TestServer& server, const std::string& host = "localhost") {
    http::Call request;
    request.url = "https://" + host + ":" + std::to_string(server.port()) + "/path";
    request.request.method = "GET";
    return send(std::move(request)).get();
  }

  std::string code_for(const Pem& pem, const std::string& host = "localhost", std::chrono::minutes later = {}) {
    const TestServer server(settings(pem, later));
    const Answer answer = get(server, host);
    if (!answer)
      EXPECT_TRUE(answer.error().message.starts_with("Could not connect to " + host)) << answer.error().message;
    return code_of(answer);
  }

  TestAuthority authority;
};

TEST_F(HttpsClientTest, AnswersComeOverTls) {
  const TestServer server(settings(authority.sign()));
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, std::size_t{100'000}, std::size_t{5'000'000}}) {
    auto request = call(server.port(), "/a?b", "PUT");
    request.url = "https://localhost:" + std::to_string(server.port()) + "/a?b";
    request.request.body.assign(size, 'x');
    const auto answer = send(std::move(request)).get();
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->headers.get("X-Target"), "/a?b");
    EXPECT_EQ(answer->headers.get("X-Host"), "localhost:" + std::to_string(server.port()));
    EXPECT_EQ(answer->body.size(), size);
  }
}

TEST_F(HttpsClientTest, TheCertificateIsForTheHost) {
  EXPECT_EQ(code_for(authority.sign()), "answered");
  EXPECT_EQ(code_for(authority.sign(), "127.0.0.1"), "answered");
  EXPECT_EQ(code_for(authority.sign(), "LOCALHOST"), "answered");
  EXPECT_EQ(code_for(authority.sign(), "any.example.localhost"), "answered");
  EXPECT_EQ(code_for(authority.sign(), "one.any.example.localhost"), "CertificateNameMismatch");
  EXPECT_EQ(code_for(authority.sign(), "other.localhost"), "CertificateNameMismatch");
  EXPECT_EQ(code_for(authority.sign({.names = "DNS:localhost"}), "127.0.0.1"), "CertificateNameMismatch");
  EXPECT_EQ(code_for(authority.sign({.names = "DNS:127.0.0.1"}), "127.0.0.1"), "CertificateNameMismatch");
}

TEST_F(HttpsClientTest, TheCertificateIsOfAnAuthority) {
  EXPECT_EQ(code_for(self_signed()), "CertificateUntrusted");
  EXPECT_EQ(code_for(TestAuthority().sign()), "CertificateUntrusted");
  open(TlsAuthorities::of_the_system());
  EXPECT_EQ(code_for(authority.sign()), "CertificateUntrusted");
  const Pem alone = self_signed();
  open(*TlsAuthorities::load(authority.pem() + alone.certificate));
  EXPECT_EQ(code_for(alone), "answered");
  EXPECT_EQ(code_for(authority.sign()), "answered");
}

TEST_F(HttpsClientTest, TheCertificateIsValid) {
  EXPECT_EQ(code_for(authority.sign({.begins_seconds = -7200, .ends_seconds = -3600}), "localhost",
                     -std::chrono::minutes(90)),
            "CertificateExpired");
  EXPECT_EQ(
      code_for(authority.sign({.begins_seconds = 3600, .ends_seconds = 7200}), "localhost", std::chrono::minutes(90)),
      "CertificateNotYetValid");
}

TEST_F(HttpsClientTest, ABundleHasCertificates) {
  const auto code = [](const std::string& bundle) {
    const auto loaded = TlsAuthorities::load(bundle);
    return loaded ? std::string() : loaded.error().code;
  };
  EXPECT_EQ(code(""), "");
  EXPECT_EQ(code("# a comment\n" + authority.pem()), "");
  EXPECT_EQ(code("nothing"), "InvalidCertificate");
  EXPECT_EQ(code(authority.pem() + authority.pem().substr(0, 100)), "InvalidCertificate");
}

TEST_F(HttpsClientTest, SaysThatAHostSpeaksNoTls) {
  const TestServer server(echo);
  const auto answer = get(server);
  EXPECT_EQ(code_of(answer), "TlsFailed");
  EXPECT_NE(answer.error().message.find("does not speak TLS"), std::string::npos) << answer.error().message;
}

TEST_F(HttpsClientTest, AHandshakeIsBoundedInTime) {
  RawListener listener;
  auto request = call(0);
  request.url = "https://127.0.0.1:" + std::to_string(listener.port());
  request.timeout = Duration(100);
  auto answer = send(std::move(request));
  auto host = listener.accept();
  EXPECT_EQ(code_of(answer.get()), "Timeout");
  auto leaving = call(0);
  leaving.url = "https://127.0.0.1:" + std::to_string(listener.port());
  answer = send(std::move(leaving));
  listener.accept().reset();
  EXPECT_FALSE(answer.get());
}

TEST_F(HttpsClientTest, ConnectionsAreKeptAndSessionsTakenUpAgain) {
  auto server_settings = settings(authority.sign());
  const auto traffic = server_settings.traffic;
  server_settings.limits.idle_timeout = Duration(100);
  TestServer server(std::move(server_settings));
  const auto accepted = [&] { return server.thread().call([&] { return traffic->accepted; }); };
  for (int call = 0; call < 3; ++call) EXPECT_EQ(code_of(get(server)), "answered");
  EXPECT_EQ(accepted(), 1U);
  // The server closes what is idle; what the client says next goes over a new connection.
  while (server.thread().call([&] { return traffic->connections; }) > 0) std::this_thread::yield();
  EXPECT_EQ(code_of(get(server)), "answered");
  EXPECT_EQ(accepted(), 2U);
}

// Kept apart by host and port, and not those that are not of that name.
TEST_F(HttpsClientTest, ASessionIsTakenUpOnlyWithItsPeer) {
  const TestServer server(settings(authority.sign({.names = "DNS:localhost"})));
  EXPECT_EQ(code_of(get(server)), "answered");
  EXPECT_EQ(code_of(get(server, "127.0.0.1")), "CertificateNameMismatch");
  EXPECT_EQ(code_of(get(server)), "answered");
}

}  // namespace
}  // namespace stepwell::net
