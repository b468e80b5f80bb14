#include "net/response_parser.h"

#include <algorithm>

namespace stepwell::net {
namespace {

using HttpError = boost::beast::http::error;

constexpr std::uint32_t kMaxHeader = 64U << 10U;
constexpr std::size_t kMaxReservedBody = 1U << 20U;

}  // namespace

ResponseParser::ResponseParser(Body body, std::size_t max_body_bytes,
                               const std::function<void(std::string_view)>& on_body)
    : on_body_(on_body), header_room_(kMaxHeader) {
  eager(true);
  header_limit(kMaxHeader);
  body_limit(max_body_bytes);
  skip(body == Body::none);
}

std::size_t ResponseParser::feed(std::string_view bytes) {
  ErrorCode failure;
  const auto taken = put({bytes.data(), bytes.size()}, failure);
  note(failure);
  return taken;
}

void ResponseParser::feed_end() {
  ErrorCode failure;
  put_eof(failure);
  note(failure);
}

void ResponseParser::note(const ErrorCode& failure) {
  if (!failure || failure == HttpError::need_more) return;
  failure_ = failure == HttpError::body_limit ? Failure::too_large : Failure::malformed;
  reason_ = failure.message();
}

std::size_t ResponseParser::expected_body_bytes() const {
  const auto length = header_complete_ ? content_length_remaining() : Length();
  return length ? *length : 0;
}

void ResponseParser::on_response_impl(int status, View, int, ErrorCode&) {
  response_.status = status;
  if (passes_body_on()) body_limit(boost::none);
}

void ResponseParser::on_field_impl(Field, View name, View value, ErrorCode& failure) {
  if (header_complete_) return;  // a trailer field
  const auto bytes = name.size() + value.size() + 4;
  if (bytes > header_room_) {
    failure = HttpError::header_limit;
    return;
  }
  header_room_ -= bytes;
  response_.headers.add(std::string(name.data(), name.size()), std::string(value.data(), value.size()));
}

void ResponseParser::on_body_init_impl(const Length& length, ErrorCode&) {
  if (length && !passes_body_on()) response_.body.reserve(std::min<std::uint64_t>(*length, kMaxReservedBody));
}

std::size_t ResponseParser::on_body_impl(View body, ErrorCode&) {
  if (passes_body_on())
    on_body_({body.data(), body.size()});
  else
    response_.body.append(body.data(), body.size());
  return body.size();
}

std::size_t ResponseParser::on_chunk_body_impl(std::uint64_t, View body, ErrorCode& failure) {
  return on_body_impl(body, failure);
}

}  // namespace stepwell::net
