#pragma once
// AWS Signature Version 4: reading the signature of a request, checking it, and signing calls of our own.

#include "base/error.h"
#include "base/http.h"
#include "base/time.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::wire {

// What the Authorization header (or the query of a presigned URL) says; unverified.
struct Signature {
  std::string access_key;
  std::string date;  // "20241120"
  std::string region;
  std::string service;
  std::vector<std::string> signed_headers;  // lower case, sorted
  std::string signature;                    // hexadecimal
  std::string time;                         // X-Amz-Date: "20241120T101112Z"
  bool in_query = false;
};

// nullopt: the request is not signed. Error "IncompleteSignatureException" when it is malformed.
Result<std::optional<Signature>> read_signature(const http::Request& request);

// The secret key of an access key, or nullopt when it is unknown.
using SecretLookup = std::function<std::optional<std::string>(std::string_view access_key)>;

// Errors in AWS's words: "MissingAuthenticationTokenException", "UnrecognizedClientException" (unknown key: "The
// security token included in the request is invalid."), "InvalidSignatureException" (wrong signature; clock skew over 5
// minutes). The host is taken as received.
Result<void> verify_signature(const http::Request& request, const SecretLookup& secrets, Timestamp now);

struct Credentials {
  std::string access_key;
  std::string secret_key;
  std::string session_token;  // may be empty
};
// Adds X-Amz-Date, Authorization (and X-Amz-Security-Token) to a request that is final otherwise, its host and target
// included.
void sign(http::Request& request, const Credentials& credentials, std::string_view region, std::string_view service,
          Timestamp now);

}  // namespace stepwell::wire
