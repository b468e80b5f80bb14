#include "services/lambda/event_codec.h"

#include "store/codec.h"

namespace stepwell::lambda {
namespace {

constexpr std::uint8_t version = 1;

}  // namespace

std::string encode(const EventRecord& event) {
  std::string value;
  store::ValueWriter(value)
      .u8(version)
      .text(event.arn)
      .varint(event.attempts)
      .signed_varint(event.accepted.time_since_epoch().count())
      .signed_varint(event.due.time_since_epoch().count())
      .text(event.invocation.function_arn)
      .text(event.invocation.client_context)
      .text(event.invocation.trace_id)
      .text(event.invocation.payload);
  return value;
}

std::optional<EventRecord> decode_event(std::string_view request_id, std::string_view value) {
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  EventRecord event;
  event.invocation.request_id = request_id;
  event.arn = in.text();
  event.attempts = static_cast<std::uint32_t>(in.varint());
  event.accepted = Timestamp{Duration{in.signed_varint()}};
  event.due = Timestamp{Duration{in.signed_varint()}};
  event.invocation.function_arn = in.text();
  event.invocation.client_context = in.text();
  event.invocation.trace_id = in.text();
  event.invocation.payload = in.text();
  return in.ok() && in.at_end() ? std::optional(std::move(event)) : std::nullopt;
}

}  // namespace stepwell::lambda
