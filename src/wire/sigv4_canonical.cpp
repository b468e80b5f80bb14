#include "wire/sigv4_canonical.h"

#include "crypto/hash.h"
#include "wire/percent.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";

std::string sha256_hex(std::string_view text) { return crypto::to_hex(crypto::digest(crypto::Digest::sha256, text)); }

// What is decoded and encoded again has one form only; what cannot be decoded is left.
std::string normalized(std::string_view encoded, Slash slash) {
  const auto decoded = percent_decode(encoded);
  return decoded ? percent_encode(*decoded, slash) : std::string(encoded);
}

// Without empty and dot segments; a slash at the end stays.
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> segments;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view segment = path.substr(at, end - at);
    at = end + 1;
    if (segment == "..") {
      if (!segments.empty()) segments.pop_back();
    } else if (!segment.empty() && segment != ".") {
      segments.push_back(segment);
    }
  }
  std::string result;
  for (const std::string_view segment : segments) result.append("/").append(segment);
  if (result.empty() || path.ends_with('/')) result += '/';
  return result;
}

std::string canonical_path(std::string_view path, std::string_view service) {
  if (service == "s3") return path.empty() ? "/" : normalized(path, Slash::keep);
  return percent_encode(without_dot_segments(path), Slash::keep);
}

std::string canonical_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> fields;
  for (const auto& [name, value] : query_fields(query)) {
    std::string key = normalized(name, Slash::encode);
    if (key != "X-Amz-Signature") fields.emplace_back(std::move(key), normalized(value, Slash::encode));
  }
  std::ranges::sort(fields);
  std::string text;
  for (const auto& [name, value] : fields) text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, value);
  return text;
}

// Appends the value without white space around it and with one space for each run of it inside.
void append_trimmed(std::string& text, std::string_view value) {
  const std::size_t begin = text.size();
  bool gap = false;
  for (const char c : value) {
    if (c == ' ' || c == '\t') {
      gap = text.size() > begin;
      continue;
    }
    if (gap) text += ' ';
    gap = false;
    text += c;
  }
}

void append_header(std::string& text, const http::Request& request, std::string_view name) {
  text.append(name).append(":");
  if (name == "host") {
    append_trimmed(text, request.host);
  } else {
    bool first = true;
    for (const auto& [field, value] : request.headers.fields()) {
      if (!http::equals_ignoring_case(field, name)) continue;
      if (!first) text += ',';
      first = false;
      append_trimmed(text, value);
    }
  }
  text += '\n';
}

std::string payload_hash(const http::Request& request, const Signature& signature) {
  const bool presigned_s3 = signature.service == "s3" && signature.in_query;
  if (presigned_s3 || request.headers.get("x-amz-content-sha256") == unsigned_payload)
    return std::string(unsigned_payload);
  return sha256_hex(request.body);
}

struct DerivedKey {
  std::string secret, date, region, service;
  std::string key;
};

// Four of the five HMACs of a request depend on the day only.
const std::string& signing_key(const Signature& signature, std::string_view secret_key) {
  thread_local DerivedKey last;
  if (last.date != signature.date || last.region != signature.region || last.service != signature.service ||
      last.secret != secret_key) {
    last = {std::string(secret_key), signature.date, signature.region, signature.service, {}};
    last.key = crypto::hmac_sha256("AWS4" + last.secret, last.date);
    for (const std::string_view part :
         {std::string_view(last.region), std::string_view(last.service), sigv4_terminator}) {
      last.key = crypto::hmac_sha256(last.key, part);
    }
  }
  return last.key;
}

}  // namespace

std::string canonical_request(const http::Request& request, const Signature& signature) {
  const auto [path, query] = split_target(request.target);
  std::string text =
      fmt::format("{}\n{}\n{}\n", request.method, canonical_path(path, signature.service), canonical_query(query));
  for (const std::string& name : signature.signed_headers) append_header(text, request, name);
  text += '\n';
  for (std::size_t i = 0; i < signature.signed_headers.size(); ++i) {
    if (i > 0) text += ';';
    text += signature.signed_headers[i];
  }
  return text.append("\n").append(payload_hash(request, signature));
}

std::string string_to_sign(const Signature& signature, std::string_view canonical) {
  return fmt::format("{}\n{}\n{}/{}/{}/{}\n{}", sigv4_algorithm, signature.time, signature.date, signature.region,
                     signature.service, sigv4_terminator, sha256_hex(canonical));
}

std::string compute_signature(const Signature& signature, std::string_view secret_key, std::string_view text) {
  return crypto::to_hex(crypto::hmac_sha256(signing_key(signature, secret_key), text));
}

std::string format_amz_time(Timestamp time) {
  std::string text = format_rfc3339(time);
  text.resize(text.find('.'));
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text + 'Z';
}

std::optional<Timestamp> parse_amz_time(std::string_view text) {
  if (text.size() != 16) return std::nullopt;
  return parse_rfc3339(fmt::format("{}-{}-{}:{}:{}", text.substr(0, 4), text.substr(4, 2), text.substr(6, 5),
                                   text.substr(11, 2), text.substr(13)));
}

}  // namespace stepwell::wire
