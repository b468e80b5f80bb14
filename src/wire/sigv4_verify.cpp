#include "crypto/hash.h"
#include "wire/errors.h"
#include "wire/percent.h"
#include "wire/sigv4.h"
#include "wire/sigv4_canonical.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes allowed_skew{5};
constexpr seconds longest_presigned{7 * 24 * 3600};

std::unexpected<Error> invalid(std::string message, std::string detail = {}) {
  return fail(signature_error("InvalidSignatureException", std::move(message), std::move(detail)));
}

// How long a signature holds after its time: a presigned URL says it itself.
Result<seconds> lifetime(const http::Request& request, const Signature& signature) {
  if (!signature.in_query) return allowed_skew;
  const auto text = query_value(split_target(request.target).second, "X-Amz-Expires");
  if (!text) return allowed_skew;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size() || value < 0 || value > longest_presigned.count()) {
    return fail(signature_error("IncompleteSignatureException",
                                fmt::format("X-Amz-Expires must be a number of seconds from 0 to {}, got '{}'",
                                            longest_presigned.count(), *text)));
  }
  return seconds{value};
}

// For showing: a session's token, in the header or the query, is left out.
std::string without_token(std::string canonical) {
  for (const std::string_view name : {"x-amz-security-token:", "X-Amz-Security-Token="}) {
    const std::size_t at = canonical.find(name);
    if (at == std::string::npos) continue;
    const std::size_t begin = at + name.size();
    canonical.replace(begin, std::min(canonical.find_first_of("\n&", begin), canonical.size()) - begin, "...");
  }
  return canonical;
}

std::string span_text(seconds span) {
  return span % minutes{1} == seconds{0} ? fmt::format("{} min.", span / minutes{1})
                                         : fmt::format("{} s", span.count());
}

Result<void> check_time(const http::Request& request, const Signature& signature, Timestamp now) {
  const auto time = parse_amz_time(signature.time);
  if (!time) {
    return fail(signature_error("IncompleteSignatureException",
                                fmt::format("Date must be in ISO-8601 'basic format'. Got '{}'. See "
                                            "http://en.wikipedia.org/wiki/ISO_8601",
                                            signature.time)));
  }
  TRY_ASSIGN(const seconds span, lifetime(request, signature));
  if (*time + span < now) {
    return invalid(fmt::format("Signature expired: {} is now earlier than {} ({} - {})", signature.time,
                               format_amz_time(now - span), format_amz_time(now), span_text(span)));
  }
  if (*time > now + allowed_skew) {
    return invalid(fmt::format("Signature not yet current: {} is still later than {} ({} + {})", signature.time,
                               format_amz_time(now + allowed_skew), format_amz_time(now), span_text(allowed_skew)));
  }
  if (!signature.time.starts_with(signature.date)) {
    return invalid(
        fmt::format("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    "'{}' != '{}', from '{}'.",
                    signature.date, signature.time.substr(0, 8), signature.time));
  }
  return {};
}

}  // namespace

Result<void> verify_signature(const http::Request& request, const SecretLookup& secrets, Timestamp now) {
  TRY_ASSIGN(const std::optional<Signature> signature, read_signature(request));
  if (!signature) {
    return fail(signature_error("MissingAuthenticationTokenException", "Request is missing Authentication Token"));
  }
  TRY(check_time(request, *signature, now));
  if (std::ranges::find(signature->signed_headers, "host") == signature->signed_headers.end()) {
    return invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.");
  }
  const auto secret = secrets(signature->access_key);
  if (!secret) {
    return fail(
        signature_error("UnrecognizedClientException", "The security token included in the request is invalid."));
  }
  const std::string canonical = canonical_request(request, *signature);
  const std::string text = string_to_sign(*signature, canonical);
  if (crypto::equal_secrets(compute_signature(*signature, *secret, text), signature->signature)) return {};
  return invalid(
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
      "and "
      "signing method. Consult the service documentation for details.",
      fmt::format(
          "The Canonical String for this request should have been\n'{}'\n\nThe String-to-Sign should have been\n'{}'",
          without_token(canonical), text));
}

}  // namespace stepwell::wire
