#include "wire/sigv4.h"

#include "crypto/hash.h"
#include "wire/errors.h"
#include "wire/percent.h"
#include "wire/sigv4_canonical.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

std::unexpected<Error> incomplete(std::string message) {
  return fail(signature_error("IncompleteSignatureException", std::move(message)));
}

// What a client has sent as its secret is not said back, as on AWS.
std::string hashed(std::string_view text) {
  return crypto::base64_encode(crypto::digest(crypto::Digest::sha256, text));
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Result<void> read_credential(std::string_view credential, Signature& signature) {
  const auto parts = split(credential, '/');
  if (parts.size() != 5) {
    return incomplete(
        fmt::format("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
                    "(hashed with "
                    "SHA-256 and encoded with Base64): '{}'",
                    hashed(credential)));
  }
  if (parts[4] != sigv4_terminator) {
    return fail(signature_error("InvalidSignatureException",
                                fmt::format("Credential should be scoped with a valid terminator: '{}', not '{}'. ",
                                            sigv4_terminator, parts[4])));
  }
  signature.access_key = parts[0];
  signature.date = parts[1];
  signature.region = parts[2];
  signature.service = parts[3];
  return {};
}

void read_signed_headers(std::string_view names, Signature& signature) {
  for (const std::string_view name : split(names, ';')) signature.signed_headers.emplace_back(name);
  for (std::string& name : signature.signed_headers) {
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  }
  std::ranges::sort(signature.signed_headers);
}

Result<void> check_algorithm(std::string_view algorithm) {
  if (algorithm == sigv4_algorithm) return {};
  return incomplete(fmt::format("Unsupported AWS 'algorithm': '{}' (only {} for now). ", algorithm, sigv4_algorithm));
}

// "AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…", with commas, blanks or both between.
Result<Signature> read_header(const http::Request& request, std::string_view header) {
  const std::size_t end = std::min(header.find(' '), header.size());
  TRY(check_algorithm(header.substr(0, end)));
  std::string_view rest = header.substr(end);
  std::string_view credential;
  std::string_view signed_headers;
  Signature signature;
  while (!rest.empty()) {
    const std::string_view field = rest.substr(0, rest.find_first_of(", "));
    rest.remove_prefix(std::min(field.size() + 1, rest.size()));
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = field.substr(0, equals);
    const std::string_view value = field.substr(equals + 1);
    if (name == "Credential") credential = value;
    if (name == "SignedHeaders") signed_headers = value;
    if (name == "Signature") signature.signature = value;
  }
  signature.time = request.headers.get("X-Amz-Date");
  if (signature.time.empty()) signature.time = request.headers.get("Date");
  std::string missing;
  for (const auto& [name, value] :
       {std::pair{"Credential", credential}, std::pair{"Signature", std::string_view(signature.signature)},
        std::pair{"SignedHeaders", signed_headers}}) {
    if (value.empty()) missing += fmt::format("Authorization header requires '{}' parameter. ", name);
  }
  if (signature.time.empty()) {
    missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  }
  if (!missing.empty()) {
    return incomplete(
        fmt::format("{}(Hashed with SHA-256 and encoded with Base64) Authorization={}", missing, hashed(header)));
  }
  TRY(read_credential(credential, signature));
  read_signed_headers(signed_headers, signature);
  return signature;
}

Result<Signature> read_query(std::string_view query) {
  static constexpr std::array names = {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders",
                                       "X-Amz-Date"};
  std::array<std::string, names.size()> values;
  std::string missing;
  for (std::size_t i = 0; i < names.size(); ++i) {
    values[i] = query_value(query, names[i]).value_or("");
    if (values[i].empty()) missing += fmt::format("AWS query-string parameters must include '{}'. ", names[i]);
  }
  if (!missing.empty()) return incomplete(missing + "Re-examine the query-string parameters.");
  Signature signature;
  TRY(check_algorithm(values[0]));
  TRY(read_credential(values[1], signature));
  signature.signature = values[2];
  read_signed_headers(values[3], signature);
  signature.time = values[4];
  signature.in_query = true;
  return signature;
}

}  // namespace

Result<std::optional<Signature>> read_signature(const http::Request& request) {
  const std::string_view header = request.headers.get("Authorization");
  const std::string_view query = split_target(request.target).second;
  const bool in_query = query.find("X-Amz-Algorithm=") != std::string_view::npos;
  const bool in_header = header.starts_with("AWS4-");
  if (in_query && in_header) {
    return fail(
        signature_error("InvalidSignatureException",
                        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."));
  }
  if (!in_query && !in_header) return std::nullopt;
  return in_query ? read_query(query) : read_header(request, header);
}

}  // namespace stepwell::wire
