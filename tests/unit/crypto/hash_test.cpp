#include "crypto/hash.h"

#include <gtest/gtest.h>

namespace stepwell::crypto {
namespace {

std::string hex(Digest algorithm, std::string_view data) { return to_hex(digest(algorithm, data)); }

TEST(Hash, DigestsOfKnownTexts) {
  EXPECT_EQ(hex(Digest::md5, "abc"), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(hex(Digest::sha1, "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(hex(Digest::sha256, "abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(Digest::sha384, "abc"),
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
  EXPECT_EQ(hex(Digest::sha512, "abc"),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
            "454d4423643ce80e2a9ac94fa54ca49f");
  EXPECT_EQ(hex(Digest::sha256, ""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Hash, OneContextServesDifferentAlgorithmsInTurn) {
  const std::string first = hex(Digest::md5, "abc");
  EXPECT_EQ(hex(Digest::sha512, "abc").size(), 128U);
  EXPECT_EQ(hex(Digest::md5, "abc"), first);
}

// RFC 4231, test cases 1, 2 and 6.
TEST(Hash, HmacOfRfc4231) {
  EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hash, AnEmptyKeyIsNotTheLastKey) {
  const std::string keyed = hmac_sha256("key", "data");
  EXPECT_EQ(to_hex(hmac_sha256("", "")), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
  EXPECT_NE(hmac_sha256("", "data"), keyed);
}

TEST(Hash, SecretsAreEqualOnlyWhenEveryByteIs) {
  EXPECT_TRUE(equal_secrets("", ""));
  EXPECT_TRUE(equal_secrets("secret", "secret"));
  EXPECT_FALSE(equal_secrets("secret", "secreT"));
  EXPECT_FALSE(equal_secrets("secret", "secre"));
}

struct Base64Case {
  std::string bytes, standard, url;
};
class Base64 : public testing::TestWithParam<Base64Case> {};

TEST_P(Base64, GoesThereAndBack) {
  const auto& [bytes, standard, url] = GetParam();
  EXPECT_EQ(base64_encode(bytes), standard);
  EXPECT_EQ(base64_decode(standard), bytes);
  EXPECT_EQ(base64url_encode(bytes), url);
  EXPECT_EQ(base64url_decode(url), bytes);
}

INSTANTIATE_TEST_SUITE_P(Rfc4648, Base64,
                         testing::Values(Base64Case{"", "", ""}, Base64Case{"f", "Zg==", "Zg"},
                                         Base64Case{"fo", "Zm8=", "Zm8"}, Base64Case{"foo", "Zm9v", "Zm9v"},
                                         Base64Case{"foob", "Zm9vYg==", "Zm9vYg"},
                                         Base64Case{"\xff\xfe\xfb", "//77", "__77"},
                                         Base64Case{std::string("\0\0\0\0", 4), "AAAAAA==", "AAAAAA"}));

TEST(Base64, MalformedTextIsRefused) {
  for (const std::string_view text : {"Zg", "Zg=", "Z", "Zg==Zg==", "====", "=", "Zm9v\n", "Zm9_", "Z===", "Zh=="}) {
    EXPECT_EQ(base64_decode(text), std::nullopt) << text;
  }
  for (const std::string_view text : {"Zg==", "Z", "Zm9+", "Zm 9", "Zh"}) {
    EXPECT_EQ(base64url_decode(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace stepwell::crypto
