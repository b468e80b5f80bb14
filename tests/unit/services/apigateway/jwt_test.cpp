#include "crypto/hash.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/apigateway/jwt/keys.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::apigateway {
namespace {

using Audience = std::vector<std::string>;

constexpr Timestamp now{std::chrono::seconds(1'700'000'000)};

std::string_view fault(json::Arena& arena, std::string_view claims) {
  const Audience audience{"orders", "other"};
  return fault_of_claims(*json::parse(arena, claims), "https://issuer", audience, now);
}

TEST(Tokens, Claims) {
  json::Arena arena;
  EXPECT_EQ(fault(arena, R"({"iss": "https://issuer", "aud": "orders", "exp": 1700000001})"), "");
  EXPECT_EQ(fault(arena, R"({"iss": "https://issuer", "aud": ["x", "other"], "exp": 1700000001, "nbf": 1})"), "");
  EXPECT_EQ(fault(arena, R"({"iss": "https://issuer", "client_id": "orders", "exp": 1700000001})"), "");
  EXPECT_EQ(fault(arena, R"({"iss": "https://issuer/", "aud": "orders", "exp": 1700000001})"),
            "the token has an invalid issuer");
  EXPECT_EQ(fault(arena, R"({"iss": "https://issuer", "aud": "x", "client_id": "orders", "exp": 1700000001})"),
            "the token does not have a valid audience");
  EXPECT_EQ(fault(arena, R"({"iss": "https://issuer", "aud": "orders", "exp": 1700000000})"), "the token has expired");
  EXPECT_EQ(fault(arena, R"({"iss": "https://issuer", "aud": "orders"})"), "the token has expired");
  EXPECT_EQ(fault(arena, R"({"iss": "https://issuer", "aud": "orders", "exp": 1700000002, "nbf": 1700000001})"),
            "the token is not valid yet");
}

TEST(Tokens, Scopes) {
  json::Arena arena;
  const Audience scopes{"read", "write"};
  const auto has = [&](std::string_view claims) { return has_scope(*json::parse(arena, claims), scopes); };
  EXPECT_TRUE(has(R"({"scope": "openid read"})"));
  EXPECT_TRUE(has(R"({"scp": ["x", "write"]})"));
  EXPECT_FALSE(has(R"({"scope": "reader"})"));
  EXPECT_FALSE(has("{}"));
}

TEST(Tokens, ClaimsAsTexts) {
  json::Arena arena;
  const auto claims = json::parse(arena, R"({"a": "b", "n": 12, "t": true, "l": ["x", "y"], "o": {"p": 1}})");
  EXPECT_EQ(json::print(claims_as_texts(arena, *claims)),
            R"({"a":"b","n":"12","t":"true","l":"[x y]","o":"{\"p\":1}"})");
}

TEST(Tokens, ThatAreNone) {
  json::Arena arena;
  for (const char* text : {"", "a.b", "a.b.c", "e30.e30", "e30.W10.e30", "e30.e30.?"}) {
    EXPECT_FALSE(read_token(arena, text)) << text;
  }
  EXPECT_TRUE(read_token(arena, "e30.e30.e30"));
  EXPECT_FALSE(read_token(arena, "e30.e30." + std::string(20'000, 'A')));
}

// The example of RFC 7515, appendices A.2 (RS256) and A.3 (ES256).
constexpr std::string_view rsa_key = R"({"keys": [{"kty": "RSA", "kid": "one", "n":
"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ", "e": "AQAB"}, {"kty": "oct", "kid": "two"}]})";
constexpr std::string_view signed_part =
    "eyJhbGciOiJSUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
constexpr std::string_view rsa_signature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
    "O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_"
    "nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-"
    "eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
constexpr std::string_view ec_key = R"({"keys": [{"kty": "EC", "crv": "P-256", "kid": "one",
"x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";
constexpr std::string_view ec_signed =
    "eyJhbGciOiJFUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
constexpr std::string_view ec_signature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

bool checks(std::string_view keys, std::string_view head, std::string_view signature) {
  const KeySet set = read_key_set(keys);
  json::Arena arena;
  const std::string text = fmt::format("{}.{}", head, signature);
  const auto token = read_token(arena, text);
  return set.contains("one") && token && is_signed(*token, set.find("one")->second);
}

TEST(Keys, CheckSignatures) {
  EXPECT_TRUE(checks(rsa_key, signed_part, rsa_signature));
  EXPECT_TRUE(checks(ec_key, ec_signed, ec_signature));
  EXPECT_FALSE(checks(rsa_key, signed_part, ec_signature));
  EXPECT_FALSE(checks(rsa_key, ec_signed, ec_signature));
  EXPECT_FALSE(checks(ec_key, ec_signed,
                      "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1A"));
  EXPECT_EQ(read_key_set(rsa_key).size(), 1U);
  EXPECT_TRUE(read_key_set("{").empty());
  EXPECT_TRUE(read_key_set(R"({"keys": [{"kty": "RSA", "kid": "weak", "n": "AQAB", "e": "AQAB"}]})").empty());
}

}  // namespace
}  // namespace stepwell::apigateway
