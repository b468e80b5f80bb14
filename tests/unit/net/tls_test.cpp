// The TLS port where a client does not play along. What clients see otherwise is in tests/wire/test_tls.py.
#include "certificates.h"
#include "test_server.h"

#include <gtest/gtest.h>

namespace stepwell::net {
namespace {

Timestamp now() {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()) + std::chrono::seconds(5);
}

ServerSettings settings(http::ServerLimits limits) {
  const Pem pem = self_signed();
  return {.limits = limits, .handler = echo, .certificate = *TlsCertificate::load(pem.certificate, pem.key, now())};
}

TEST(Tls, AHandshakeIsBoundedInTime) {
  TestServer server(settings({.handshake_timeout = Duration(30)}));
  auto silent = server.connect();
  EXPECT_TRUE(silent.at_end());
  auto slow = server.connect();
  slow.send("\x16\x03\x01");
  EXPECT_TRUE(slow.at_end());
}

TEST(Tls, PlainHttpIsToldWhatIsSpoken) {
  TestServer server(settings({}));
  const auto response = server.exchange(get("/"));
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(response.body.find("https://"), std::string::npos);
}

TEST(Tls, DrainDoesNotWaitForHandshakes) {
  TestServer server(settings({}));
  auto client = server.connect();
  client.send("\x16\x03\x01");
  std::promise<void> drained;
  server.drain([&] { drained.set_value(); });
  EXPECT_EQ(drained.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
  EXPECT_TRUE(client.at_end());
}

TEST(Tls, CertificatesAreChecked) {
  const Pem one = self_signed();
  const Pem other = self_signed();
  const auto code = [](const Pem& pem, Timestamp at) {
    const auto loaded = TlsCertificate::load(pem.certificate, pem.key, at);
    return loaded ? std::string() : loaded.error().code;
  };
  EXPECT_EQ(code(one, now()), "");
  EXPECT_EQ(code({one.certificate, other.key}, now()), "PrivateKeyMismatch");
  EXPECT_EQ(code({one.key, one.key}, now()), "InvalidCertificate");
  EXPECT_EQ(code({one.certificate, one.certificate}, now()), "InvalidPrivateKey");
  EXPECT_EQ(code({one.certificate + one.certificate.substr(0, 100), one.key}, now()), "InvalidCertificate");
  EXPECT_EQ(code(one, now() + std::chrono::hours(2)), "CertificateExpired");
  EXPECT_EQ(code(one, now() - std::chrono::hours(2)), "CertificateNotYetValid");
}

TEST(Tls, ABadCertificateDoesNotTakeThePlaceOfAGoodOne) {
  const Pem one = self_signed();
  const auto certificate = *TlsCertificate::load(one.certificate, one.key, now());
  auto* const before = certificate->context();
  EXPECT_FALSE(certificate->replace("nothing", one.key, now()));
  EXPECT_EQ(certificate->context(), before);
  const Pem other = self_signed();
  EXPECT_TRUE(certificate->replace(other.certificate, other.key, now()));
  EXPECT_NE(certificate->context(), before);
}

}  // namespace
}  // namespace stepwell::net
