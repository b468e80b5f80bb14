#include "services/logs/put_events.h"

#include "services/logs/errors.h"
#include "services/logs/operations/support.h"

namespace stepwell::logs {
namespace {

constexpr std::size_t max_event_bytes = 1'048'576;
constexpr std::size_t max_call_bytes = 1'048'576;
constexpr Duration max_span = std::chrono::days(1);
constexpr Duration oldest_taken = std::chrono::days(14);
constexpr Duration newest_taken = std::chrono::hours(2);

Result<std::vector<NewEvent>> read_events(const wire::Call& call) {
  std::vector<NewEvent> events;
  std::size_t bytes = 0;
  for (const json::Value& event : call.member("logEvents")->elements()) {
    const Timestamp at{Duration{event.find("timestamp")->as_integer().value_or(0)}};
    const std::string_view message = event.find("message")->as_string();
    const std::size_t size = message.size() + event_overhead;
    bytes += size;
    if (size > max_event_bytes) {
      return fail(errors::invalid_parameter(
          fmt::format("Log event too large: {} bytes exceeds limit of {}", size, max_event_bytes)));
    }
    if (!events.empty() && at < events.back().at) {
      return fail(
          errors::invalid_parameter("Log events in a single PutLogEvents request must be in chronological order."));
    }
    events.push_back({.at = at, .message = message});
  }
  if (bytes > max_call_bytes) {
    return fail(errors::invalid_parameter(
        fmt::format("Upload too large: {} bytes exceeds limit of {}", bytes, max_call_bytes)));
  }
  return events;
}

}  // namespace

Result<Intake> take_in(const wire::Call& call, Timestamp now, std::uint32_t retention_days) {
  TRY_ASSIGN(auto events, read_events(call));
  if (!events.empty() && events.back().at - events.front().at > max_span) {
    return fail(errors::invalid_parameter(
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours."));
  }
  const auto count_before = [&](Timestamp time) {
    return static_cast<std::size_t>(std::ranges::lower_bound(events, time, {}, &NewEvent::at) - events.begin());
  };
  const std::size_t too_old = count_before(now - oldest_taken);
  const std::size_t expired = retention_days == 0 ? 0 : count_before(now - std::chrono::days(retention_days));
  const std::size_t taken_end = count_before(now + newest_taken + Duration{1});
  Intake intake;
  if (too_old > 0) intake.too_old_end = too_old;
  if (expired > 0) intake.expired_end = expired;
  if (taken_end < events.size()) intake.too_new_start = taken_end;
  events.resize(taken_end);
  events.erase(events.begin(),
               events.begin() + static_cast<std::ptrdiff_t>(std::min(std::max(too_old, expired), taken_end)));
  intake.events = std::move(events);
  return intake;
}

// A sequence token is taken and not looked at, as on AWS.
Result<wire::Reply> fold_put_log_events(Logs& logs, wire::Call& call, store::Batch& batch, Missing missing) {
  TRY_ASSIGN(const Group group, find_group(logs, call));
  TRY_ASSIGN(auto stream, logs.archive.find_stream(group.arn, call.text("logStreamName")));
  if (stream == nullptr && missing == Missing::refused) return fail(errors::stream_not_found());
  TRY_ASSIGN(const Intake intake, take_in(call, logs.clock.now(), group.retention_days));
  if (stream == nullptr) stream = logs.archive.create_stream(group.arn, call.text("logStreamName"), batch);
  if (!intake.events.empty()) logs.archive.append(*stream, intake.events, batch);
  json::ObjectBuilder output(call.arena);
  output.add("nextSequenceToken", fmt::format("{:056}", stream->id));
  json::ObjectBuilder rejected(call.arena);
  const auto tell = [&](std::string_view member, const std::optional<std::size_t>& index) {
    if (index) rejected.add(member, static_cast<std::int64_t>(*index));
  };
  tell("tooNewLogEventStartIndex", intake.too_new_start);
  tell("tooOldLogEventEndIndex", intake.too_old_end);
  tell("expiredLogEventEndIndex", intake.expired_end);
  if (!rejected.empty()) output.add("rejectedLogEventsInfo", rejected.build());
  return reply_with(output.build());
}

Result<wire::Reply> fold_create_log_stream(Logs& logs, wire::Call& call, store::Batch& batch) {
  TRY_ASSIGN(const Group group, find_group(logs, call));
  TRY_ASSIGN(const auto existing, logs.archive.find_stream(group.arn, call.text("logStreamName")));
  if (existing != nullptr) return fail(errors::stream_exists());
  logs.archive.create_stream(group.arn, call.text("logStreamName"), batch);
  return reply_with_nothing(call);
}

}  // namespace stepwell::logs
