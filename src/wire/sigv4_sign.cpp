#include "wire/sigv4.h"
#include "wire/sigv4_canonical.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stepwell::wire {
namespace {

std::string lower(std::string_view name) {
  std::string text(name);
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// What proxies leave alone: the host, the type of the body, and AWS's own headers.
std::vector<std::string> headers_to_sign(const http::Request& request) {
  std::vector<std::string> names = {"host"};
  for (const auto& [name, value] : request.headers.fields()) {
    std::string small = lower(name);
    if (small == "content-type" || small.starts_with("x-amz-")) names.push_back(std::move(small));
  }
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

}  // namespace

void sign(http::Request& request, const Credentials& credentials, std::string_view region, std::string_view service,
          Timestamp now) {
  Signature signature;
  signature.access_key = credentials.access_key;
  signature.time = format_amz_time(now);
  signature.date = signature.time.substr(0, 8);
  signature.region = region;
  signature.service = service;
  request.headers.add("X-Amz-Date", signature.time);
  if (!credentials.session_token.empty()) request.headers.add("X-Amz-Security-Token", credentials.session_token);
  signature.signed_headers = headers_to_sign(request);
  signature.signature = compute_signature(signature, credentials.secret_key,
                                          string_to_sign(signature, canonical_request(request, signature)));
  request.headers.add("Authorization",
                      fmt::format("{} Credential={}/{}/{}/{}/{}, SignedHeaders={}, Signature={}", sigv4_algorithm,
                                  signature.access_key, signature.date, region, service, sigv4_terminator,
                                  fmt::join(signature.signed_headers, ";"), signature.signature));
}

}  // namespace stepwell::wire
