#include "net/request_parser.h"

#include <algorithm>
#include <limits>

namespace stepwell::net {
namespace {

using HttpError = boost::beast::http::error;

constexpr std::size_t kUsualFields = 16;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

bool is_upper_case(std::string_view method) {
  return std::ranges::none_of(method, [](char c) { return c >= 'a' && c <= 'z'; });
}

// Not the whole grammar of RFC 3986, but nothing that could make a Host field mean something else in a URL or a log.
bool is_authority(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return c > ' ' && c < '\x7f' && !std::string_view("/?#@\\\"<>^`{|}").contains(c); });
}

// "GET /a HTTP/2.0": well-formed but for the version.
bool names_other_version(std::string_view line) {
  line = line.substr(0, line.find_first_of("\r\n"));
  const auto version = line.substr(line.rfind(' ') + 1);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) && version[6] == '.' &&
         is_digit(version[7]) && version != "HTTP/1.0" && version != "HTTP/1.1";
}

}  // namespace

RequestParser::RequestParser(const Limits& limits, Gate* gate)
    : gate_(gate),
      admission_{.max_body_bytes = limits.body_bytes},
      header_room_(limits.header_bytes),
      fields_left_(limits.header_fields) {
  eager(true);
  header_limit(static_cast<std::uint32_t>(
      std::min<std::size_t>(limits.header_bytes, std::numeric_limits<std::uint32_t>::max())));
  body_limit(boost::none);  // ours is known when the header is
}

std::size_t RequestParser::feed(std::string_view bytes) {
  std::size_t skipped = 0;
  if (!started_) {
    // Empty lines before a request are left over from clients of another age (RFC 9112, section 2.2).
    skipped = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
    bytes.remove_prefix(skipped);
    if (bytes.empty()) return skipped;
    started_ = true;
  }
  ErrorCode failure;
  const auto taken = put({bytes.data(), bytes.size()}, failure);
  if (failure && failure != HttpError::need_more && !refused()) refusal_ = refusal_of(failure, bytes.substr(taken));
  return skipped + taken;
}

std::size_t RequestParser::expected_body_bytes() const {
  const auto length = content_length_remaining();
  return length ? *length : 0;
}

void RequestParser::on_request_impl(boost::beast::http::verb, View method, View target, int version,
                                    ErrorCode& failure) {
  if (!fits(method.size() + target.size())) return refuse(414, "The request target is too long", failure);
  minor_version_ = version % 10;
  request_.headers.reserve(kUsualFields);
  request_.method = view(method);
  if (!is_upper_case(request_.method) || request_.method == "CONNECT") return refuse(501, "Unknown method", failure);
  take_target(view(target), failure);
}

// Origin form "/a?b", absolute form "http://host/a?b", or "*" with OPTIONS (RFC 9112, section 3.2).
void RequestParser::take_target(std::string_view target, ErrorCode& failure) {
  const auto scheme_end = target.find("://");
  const auto scheme = target.substr(0, std::min(scheme_end, target.size()));
  if (http::equals_ignoring_case(scheme, "http") || http::equals_ignoring_case(scheme, "https")) {
    target.remove_prefix(std::min(scheme.size() + 3, target.size()));
    const auto authority = target.substr(0, target.find_first_of("/?"));
    target.remove_prefix(authority.size());
    if (authority.empty() || !is_authority(authority))
      return refuse(400, "Malformed authority in the request target", failure);
    request_.host = authority;
    host_from_target_ = true;
    request_.target = target.starts_with('/') ? "" : "/";
    request_.target += target;
  } else {
    if (!target.starts_with('/') && !(target == "*" && request_.method == "OPTIONS")) {
      return refuse(400, "Malformed request target", failure);
    }
    request_.target = target;
  }
  if (request_.target.contains('#')) refuse(400, "Malformed request target", failure);
}

void RequestParser::on_field_impl(Field field, View name, View value, ErrorCode& failure) {
  if (header_complete_) return;  // a trailer field
  if (fields_left_ == 0) return refuse(431, "The header has too many fields", failure);
  --fields_left_;
  if (!fits(name.size() + value.size() + 4)) return refuse(431, "The header is too large", failure);
  switch (field) {
    case Field::host: take_host(view(value), failure); break;
    case Field::transfer_encoding: take_transfer_encoding(view(value), failure); break;
    case Field::expect:
      expects_continue_ = minor_version_ >= 1 && http::equals_ignoring_case(view(value), "100-continue");
      break;
    default: break;
  }
  request_.headers.add(std::string(view(name)), std::string(view(value)));
}

void RequestParser::take_host(std::string_view host, ErrorCode& failure) {
  if (has_host_ || !is_authority(host)) return refuse(400, "More than one Host field, or a malformed one", failure);
  has_host_ = true;
  if (!host_from_target_) request_.host = host;
}

void RequestParser::take_transfer_encoding(std::string_view value, ErrorCode& failure) {
  if (minor_version_ == 0) return refuse(400, "Transfer-Encoding in HTTP/1.0", failure);
  if (!http::equals_ignoring_case(value, "chunked")) refuse(501, "Unknown transfer coding", failure);
}

void RequestParser::on_header_impl(ErrorCode& failure) {
  header_complete_ = true;
  if (minor_version_ >= 1 && !has_host_) return refuse(400, "No Host field", failure);
  const auto announced = announced_body_bytes();
  if (gate_ != nullptr) admission_ = gate_->admit(request_, announced);
  if (announced.value_or(0) > admission_.max_body_bytes) refuse(413, "The body is too large", failure);
}

// nullopt: it comes in chunks.
std::optional<std::uint64_t> RequestParser::announced_body_bytes() const {
  if (chunked()) return std::nullopt;
  const auto length = content_length();
  return length ? *length : 0;
}

void RequestParser::on_body_init_impl(const Length& length, ErrorCode&) {
  if (length) request_.body.reserve(*length);  // it has been admitted
}

bool RequestParser::has_room(std::uint64_t body_bytes) const {
  return body_bytes <= admission_.max_body_bytes - request_.body.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t bytes, View, ErrorCode& failure) {
  if (!has_room(bytes)) refuse(413, "The body is too large", failure);
}

std::size_t RequestParser::on_body_impl(View body, ErrorCode& failure) {
  if (has_room(body.size())) {
    request_.body.append(body.data(), body.size());
  } else {
    refuse(413, "The body is too large", failure);
  }
  return body.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, View body, ErrorCode& failure) {
  return on_body_impl(body, failure);
}

// Beast bounds what has come but is not parsed; what is parsed is counted here.
bool RequestParser::fits(std::size_t header_bytes) {
  if (header_bytes > header_room_) return false;
  header_room_ -= header_bytes;
  return true;
}

void RequestParser::refuse(int status, std::string_view reason, ErrorCode& failure) {
  refusal_ = {status, std::string(reason)};
  failure = HttpError::bad_value;
}

RequestParser::Refusal RequestParser::refusal_of(const ErrorCode& failure, std::string_view rest) const {
  if (failure == HttpError::header_limit) {
    if (request_.target.empty()) return {414, "The request target is too long"};
    return {431, "The header is too large"};
  }
  if (failure == HttpError::bad_version && names_other_version(rest)) return {505, "This server speaks HTTP/1.1"};
  return {400, failure.message()};
}

}  // namespace stepwell::net
