// The vectors are AWS's own: the Signature Version 4 test suite, the IAM example of its documentation and the presigned
// URL example of Amazon S3. Those of Lambda and of presigned service calls were made with botocore.
#include "wire/sigv4.h"

#include "crypto/hash.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::wire {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Credentials example{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", ""};
const Timestamp suite_time = *parse_rfc3339("2015-08-30T12:36:00Z");

std::optional<std::string> secret_of(std::string_view access_key) {
  return access_key == example.access_key ? std::optional(example.secret_key) : std::nullopt;
}

struct Vector {
  std::string name, method, target, host, service;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body, signed_headers, signature;
};

http::Request request_of(const Vector& vector) {
  http::Request request;
  request.method = vector.method;
  request.target = vector.target;
  request.host = vector.host;
  request.body = vector.body;
  for (const auto& [name, value] : vector.headers) request.headers.add(name, value);
  return request;
}

std::string authorization(const Vector& v) {
  return fmt::format(
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/{}/aws4_request, SignedHeaders={}, Signature={}",
      v.service, v.signed_headers, v.signature);
}

const std::string host = "example.amazonaws.com";
const std::vector<Vector> vectors = {
    {"get-vanilla",
     "GET",
     "/",
     host,
     "service",
     {},
     "",
     "host;x-amz-date",
     "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
    {"post-vanilla",
     "POST",
     "/",
     host,
     "service",
     {},
     "",
     "host;x-amz-date",
     "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
    {"get-vanilla-query-order-key-case",
     "GET",
     "/?Param2=value2&Param1=value1",
     host,
     "service",
     {},
     "",
     "host;x-amz-date",
     "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
    {"get-utf8",
     "GET",
     "/\xe1\x88\xb4",
     host,
     "service",
     {},
     "",
     "host;x-amz-date",
     "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"},
    {"an encoded path is encoded again",
     "GET",
     "/%E1%88%B4",
     host,
     "service",
     {},
     "",
     "host;x-amz-date",
     "697b34846207a3f72246f99d74ae1ee4fe54f44bb06730c58a0d339eb079596d"},
    {"get-relative-relative",
     "GET",
     "/example1/example2/../..",
     host,
     "service",
     {},
     "",
     "host;x-amz-date",
     "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
    {"get-slashes",
     "GET",
     "//example//",
     host,
     "service",
     {},
     "",
     "host;x-amz-date",
     "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"},
    {"post-x-www-form-urlencoded",
     "POST",
     "/",
     host,
     "service",
     {{"Content-Type", "application/x-www-form-urlencoded"}},
     "Param1=value1",
     "content-type;host;x-amz-date",
     "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"},
    {"get-header-value-trim",
     "GET",
     "/",
     host,
     "service",
     {{"My-Header1", " a   b   c"}, {"My-Header2", "\"a   b   c\""}},
     "",
     "host;my-header1;my-header2;x-amz-date",
     "07c5e7e57b80b59aa26a367ce3d444469bc2db738d90ce9331dcd15132b937a7"},
    {"get-header-key-duplicate",
     "GET",
     "/",
     host,
     "service",
     {{"My-Header1", "value2"}, {"My-Header1", "value2"}, {"my-header1", "value1"}},
     "",
     "host;my-header1;x-amz-date",
     "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"},
    {"IAM ListUsers",
     "GET",
     "/?Action=ListUsers&Version=2010-05-08",
     "iam.amazonaws.com",
     "iam",
     {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}},
     "",
     "content-type;host;x-amz-date",
     "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"},
    {"Lambda by ARN",
     "POST",
     "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af/"
     "invocations?Qualifier=%24LATEST",
     "lambda.us-east-1.amazonaws.com",
     "service",
     {{"Content-Type", "application/json"}},
     R"({"a":1})",
     "content-type;host;x-amz-date",
     "f9c6220cbdcc5f4aa26d31a0d30c580420f7e9b309e60ef565bd64a741492f4b"},
};

TEST(Sigv4, VerifiesTheVectors) {
  for (const Vector& vector : vectors) {
    http::Request request = request_of(vector);
    request.headers.add("X-Amz-Date", "20150830T123600Z");
    request.headers.add("Authorization", authorization(vector));
    const auto result = verify_signature(request, &secret_of, suite_time);
    EXPECT_TRUE(result) << vector.name << ": " << result.error().message << "\n" << result.error().detail;
  }
}

TEST(Sigv4, SignsTheVectors) {
  for (const Vector& vector : vectors) {
    if (vector.signed_headers.find("my-header") != std::string::npos) continue;  // not among what this side signs
    http::Request request = request_of(vector);
    sign(request, example, "us-east-1", vector.service, suite_time);
    EXPECT_EQ(request.headers.get("Authorization"), authorization(vector)) << vector.name;
    EXPECT_EQ(request.headers.get("X-Amz-Date"), "20150830T123600Z");
  }
}

TEST(Sigv4, SignsASessionTokenWithTheRest) {
  http::Request request = request_of(
      {"",
       "POST",
       "/",
       "127.0.0.1:4600",
       "",
       {{"Content-Type", "application/x-amz-json-1.0"}, {"X-Amz-Target", "AWSStepFunctions.ListStateMachines"}},
       "{}",
       "",
       ""});
  sign(request, {example.access_key, example.secret_key, "a-token"}, "us-east-1", "states", suite_time);
  EXPECT_EQ(request.headers.get("X-Amz-Security-Token"), "a-token");
  EXPECT_TRUE(request.headers.get("Authorization")
                  .ends_with("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature="
                             "6279071a0bada11cad673425f5ea4b0e24e678b43f38d0107af2accb69088a2b"));
}

const std::string presigned =
    "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fservice%2Faws4_request"
    "&X-Amz-Date=20150830T123600Z&X-Amz-Expires=600&X-Amz-SignedHeaders=host"
    "&X-Amz-Signature=3800303ef9be3158cea25f1a2df086e8180971f4b0f8ff5090113bf578c409f7";

http::Request presigned_request() { return request_of({"", "GET", presigned, host, "", {}, "", "", ""}); }

TEST(Sigv4, APresignedUrlHoldsAsLongAsItSays) {
  const http::Request request = presigned_request();
  EXPECT_TRUE(verify_signature(request, &secret_of, suite_time + minutes(10)));
  const auto late = verify_signature(request, &secret_of, suite_time + seconds(601));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "InvalidSignatureException");
  EXPECT_EQ(late.error().message,
            "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124601Z - 10 min.)");
}

TEST(Sigv4, PresignedUrlOfS3) {
  const http::Request request = request_of(
      {"",
       "GET",
       "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2F"
       "aws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature="
       "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
       "examplebucket.s3.amazonaws.com",
       "",
       {},
       "",
       "",
       ""});
  const auto secret = [](std::string_view) {
    return std::optional<std::string>("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  };
  EXPECT_TRUE(verify_signature(request, secret, *parse_rfc3339("2013-05-24T10:00:00Z")));
}

http::Request signed_request() {
  http::Request request =
      request_of({"", "POST", "/", "sync-localhost:4600", "", {{"X-Amz-Target", "A.B"}}, "{}", "", ""});
  sign(request, example, "eu-west-1", "states", suite_time);
  return request;
}

TEST(Sigv4, ReadsWhatTheHeaderSays) {
  const auto signature = read_signature(signed_request());
  ASSERT_TRUE(signature && *signature);
  EXPECT_EQ((*signature)->access_key, "AKIDEXAMPLE");
  EXPECT_EQ((*signature)->date, "20150830");
  EXPECT_EQ((*signature)->region, "eu-west-1");
  EXPECT_EQ((*signature)->service, "states");
  EXPECT_EQ((*signature)->time, "20150830T123600Z");
  EXPECT_EQ((*signature)->signed_headers, (std::vector<std::string>{"host", "x-amz-date", "x-amz-target"}));
  EXPECT_EQ((*signature)->signature.size(), 64U);
  EXPECT_FALSE((*signature)->in_query);
  EXPECT_TRUE(read_signature(presigned_request()).value()->in_query);
}

TEST(Sigv4, OtherAuthorizationIsNoSignature) {
  http::Request request;
  EXPECT_EQ(read_signature(request).value(), std::nullopt);
  request.headers.add("Authorization", "Bearer abc");
  EXPECT_EQ(read_signature(request).value(), std::nullopt);
  EXPECT_EQ(verify_signature(request, &secret_of, suite_time).error().code, "MissingAuthenticationTokenException");
}

TEST(Sigv4, EveryChangeToWhatWasSignedIsNoticed) {
  const auto expect_refused = [](const char* what, auto change) {
    http::Request request = signed_request();
    EXPECT_TRUE(verify_signature(request, &secret_of, suite_time));
    change(request);
    const auto result = verify_signature(request, &secret_of, suite_time);
    ASSERT_FALSE(result) << what;
    EXPECT_EQ(result.error().code, "InvalidSignatureException") << what;
    EXPECT_TRUE(result.error().message.starts_with("The request signature we calculated does not match")) << what;
    EXPECT_NE(result.error().detail.find("20150830/eu-west-1/states/aws4_request"), std::string::npos) << what;
  };
  expect_refused("method", [](http::Request& request) { request.method = "GET"; });
  expect_refused("path", [](http::Request& request) { request.target = "/x"; });
  expect_refused("query", [](http::Request& request) { request.target = "/?x"; });
  expect_refused("body", [](http::Request& request) { request.body = "{ }"; });
  expect_refused("host", [](http::Request& request) { request.host = "localhost:4600"; });
  expect_refused("header", [](http::Request& request) { request.headers.add("X-Amz-Target", "A.C"); });
}

TEST(Sigv4, TheRememberedKeyIsNotTakenForAnother) {
  http::Request request = signed_request();
  EXPECT_TRUE(verify_signature(request, &secret_of, suite_time));
  const auto other_secret = [](std::string_view) { return std::optional<std::string>("another"); };
  EXPECT_FALSE(verify_signature(request, other_secret, suite_time));
  EXPECT_TRUE(verify_signature(request, &secret_of, suite_time));
}

TEST(Sigv4, AnUnsignedPayloadMustBeSaidUnderTheSignature) {
  http::Request request =
      request_of({"", "PUT", "/key", host, "", {{"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"}}, "one", "", ""});
  sign(request, example, "us-east-1", "s3", suite_time);
  request.body = "two";
  EXPECT_TRUE(verify_signature(request, &secret_of, suite_time));
}

Error refusal(const http::Request& request, Timestamp now = suite_time) {
  const auto result = verify_signature(request, &secret_of, now);
  return result ? Error{} : result.error();
}

http::Request with_authorization(const std::string& value, const std::string& date = "20150830T123600Z") {
  return request_of({"", "POST", "/", host, "", {{"Authorization", value}, {"X-Amz-Date", date}}, "", "", ""});
}

TEST(Sigv4, TheClockMayDifferByFiveMinutes) {
  const http::Request request = signed_request();
  EXPECT_EQ(refusal(request, suite_time + minutes(5)), Error{});
  EXPECT_EQ(refusal(request, suite_time - minutes(5)), Error{});
  EXPECT_EQ(refusal(request, suite_time + minutes(6)).message,
            "Signature expired: 20150830T123600Z is now earlier than 20150830T123700Z (20150830T124200Z - 5 min.)");
  EXPECT_EQ(
      refusal(request, suite_time - minutes(6)).message,
      "Signature not yet current: 20150830T123600Z is still later than 20150830T123500Z (20150830T123000Z + 5 min.)");
}

TEST(Sigv4, RefusalsInAwsWords) {
  const std::string scope = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/states/aws4_request";
  const std::string rest = ", SignedHeaders=host;x-amz-date, Signature=00";
  const auto hashed = [](const std::string& text) {
    return crypto::base64_encode(crypto::digest(crypto::Digest::sha256, text));
  };
  struct Case {
    http::Request request;
    std::string code, message;
  };
  const std::vector<Case> cases = {
      {with_authorization("AWS4-HMAC-SHA25 Credential=a/b/c/d/e" + rest), "IncompleteSignatureException",
       "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA25' (only AWS4-HMAC-SHA256 for now). "},
      {with_authorization("AWS4-HMAC-SHA256 Signature=b"), "IncompleteSignatureException",
       "Authorization header requires 'Credential' parameter. Authorization header requires 'SignedHeaders' parameter. "
       "(Hashed with SHA-256 and encoded with Base64) Authorization=" +
           hashed("AWS4-HMAC-SHA256 Signature=b")},
      {with_authorization(scope + rest, ""), "IncompleteSignatureException",
       "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 "
       "and encoded with Base64) Authorization=" +
           hashed(scope + rest)},
      {with_authorization(scope + rest, "2015"), "IncompleteSignatureException",
       "Date must be in ISO-8601 'basic format'. Got '2015'. See http://en.wikipedia.org/wiki/ISO_8601"},
      {with_authorization("AWS4-HMAC-SHA256 Credential=a/b/c/d" + rest), "IncompleteSignatureException",
       "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got (hashed with "
       "SHA-256 and encoded with Base64): '" +
           hashed("a/b/c/d") + "'"},
      {with_authorization("AWS4-HMAC-SHA256 Credential=a/20150830/c/d/e" + rest), "InvalidSignatureException",
       "Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. "},
      {with_authorization("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150829/c/d/aws4_request" + rest),
       "InvalidSignatureException",
       "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150829' != "
       "'20150830', "
       "from '20150830T123600Z'."},
      {with_authorization(scope + ", SignedHeaders=x-amz-date, Signature=00"), "InvalidSignatureException",
       "'Host' must be a 'SignedHeader' in the AWS Authorization."},
      {with_authorization("AWS4-HMAC-SHA256 Credential=UNKNOWN/20150830/c/d/aws4_request" + rest),
       "UnrecognizedClientException", "The security token included in the request is invalid."},
      {request_of({"", "GET", "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=x", host, "", {}, "", "", ""}),
       "IncompleteSignatureException",
       "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include "
       "'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string "
       "parameters."},
      {request_of({"", "GET", presigned, host, "", {{"Authorization", scope + rest}}, "", "", ""}),
       "InvalidSignatureException",
       "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."},
  };
  for (const Case& c : cases) {
    const Error error = refusal(c.request);
    EXPECT_EQ(error.code, c.code) << c.message;
    EXPECT_EQ(error.message, c.message);
  }
}

TEST(Sigv4, ALifetimeMustBeOfAtMostAWeek) {
  for (const std::string value : {"604801", "-1", "x", "1x", ""}) {
    http::Request request = presigned_request();
    request.target.replace(request.target.find("Expires=600"), 11, "Expires=" + value);
    EXPECT_EQ(refusal(request).code, "IncompleteSignatureException") << value;
  }
}

}  // namespace
}  // namespace stepwell::wire
