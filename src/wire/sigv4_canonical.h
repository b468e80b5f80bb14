#pragma once
// The arithmetic of Signature Version 4, the same for checking and for signing: canonical request → string to sign →
// signature.

#include "base/http.h"
#include "base/time.h"
#include "wire/sigv4.h"

#include <string>
#include <string_view>

namespace stepwell::wire {

constexpr std::string_view sigv4_algorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view sigv4_terminator = "aws4_request";

// The request in the one form that both sides hash. Of `signature` it reads the service (S3 encodes paths once, all
// others twice), the signed headers and whether the signature stands in the query.
std::string canonical_request(const http::Request& request, const Signature& signature);

std::string string_to_sign(const Signature& signature, std::string_view canonical);

// Hexadecimal. The key is derived from the secret, day, region and service; the last one is remembered.
std::string compute_signature(const Signature& signature, std::string_view secret_key, std::string_view text);

// "20241120T101112Z".
std::string format_amz_time(Timestamp time);
std::optional<Timestamp> parse_amz_time(std::string_view text);

}  // namespace stepwell::wire
