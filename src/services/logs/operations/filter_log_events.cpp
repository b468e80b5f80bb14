#include "crypto/hash.h"
#include "services/logs/filter/pattern.h"
#include "services/logs/operations/support.h"
#include "store/codec.h"

#include <queue>

namespace stepwell::logs {
namespace {

constexpr std::size_t max_events = 10'000;
constexpr std::size_t max_bytes = 1'048'576;   // of a page
constexpr std::size_t max_examined = 100'000;  // events looked at for a page, which may then be empty
constexpr std::size_t max_streams = 1'000'000;

// Where a search stands: behind this event. Events of all streams are in the order of time, stream name, serial.
struct Position {
  Timestamp at{};
  std::string stream;
  std::uint64_t serial = 0;
  auto operator<=>(const Position&) const = default;
};

std::string token_of(const Position& position) {
  return crypto::base64url_encode(store::KeyWriter()
                                      .u64(static_cast<std::uint64_t>(millis(position.at)))
                                      .text(position.stream)
                                      .u64(position.serial)
                                      .view());
}

Result<std::optional<Position>> read_token(const wire::Call& call) {
  const std::string_view token = call.text("nextToken");
  if (token.empty()) return std::nullopt;
  const auto bytes = crypto::base64url_decode(token);
  store::KeyReader in(bytes ? *bytes : std::string_view{});
  Position position;
  position.at = Timestamp{Duration{static_cast<std::int64_t>(in.u64() & 0x7fffffffffffffffU)}};
  position.stream = in.text();
  position.serial = in.u64();
  if (!bytes || !in.ok() || !in.at_end()) {
    return fail(errors::invalid_parameter("The specified nextToken is invalid."));
  }
  return position;
}

// The events of many streams in one order: streams are opened when their first event is due.
class Merge {
 public:
  Merge(const Logs& logs, std::vector<Stream> streams, const Span& span, const std::optional<Position>& behind)
      : logs_(logs), streams_(std::move(streams)), span_(span), behind_(behind) {
    std::ranges::sort(streams_, std::ranges::greater{}, start_of);
  }

  struct Found {
    Position position;
    Event event;
  };
  // The next event; nullopt at the end.
  Result<std::optional<Found>> next() {
    TRY(open_due());
    if (heads_.empty()) return std::nullopt;
    Head head = std::move(const_cast<Head&>(heads_.top()));
    heads_.pop();
    Found found{.position = head.position, .event = std::move(head.event)};
    head.cursor->next();
    TRY(push(std::move(head)));
    return found;
  }

 private:
  struct Head {
    Position position;
    Event event;
    std::unique_ptr<store::Cursor> cursor;
    bool operator<(const Head& other) const { return position > other.position; }  // the earliest on top
  };
  static Timestamp start_of(const Stream& stream) { return stream.first_event.value_or(Timestamp{}); }

  Result<void> open_due() {
    while (!streams_.empty() && (heads_.empty() || start_of(streams_.back()) <= heads_.top().position.at)) {
      const Stream stream = std::move(streams_.back());
      streams_.pop_back();
      Place from{.at = span_.from};
      if (behind_) from = std::max(from, Place{.at = behind_->at});
      TRY(push({.position = {.stream = stream.name},
                .event = {},
                .cursor = logs_.archive.scan(stream.id, from, std::max(from, Place{.at = span_.to}),
                                             store::Direction::forward)}));
    }
    return {};
  }

  // The stream goes on with the event that its cursor stands on, if there is one behind where the search stands.
  Result<void> push(Head head) {
    for (; head.cursor->valid(); head.cursor->next()) {
      auto event = decode_event(head.cursor->key(), head.cursor->value());
      if (!event) return fail(unreadable("log event"));
      head.position.at = event->at;
      head.position.serial = event->serial;
      if (behind_ && head.position <= *behind_) continue;
      head.event = std::move(*event);
      heads_.push(std::move(head));
      return {};
    }
    return head.cursor->status();
  }

  const Logs& logs_;
  std::vector<Stream> streams_;  // not opened yet, the latest first
  Span span_;
  std::optional<Position> behind_;
  std::priority_queue<Head> heads_;
};

Result<std::vector<Stream>> wanted_streams(Logs& logs, const wire::Call& call, const Group& group) {
  std::vector<Stream> streams;
  if (const json::Value* names = call.member("logStreamNames")) {
    for (const json::Value& name : names->elements()) {
      TRY_ASSIGN(const auto stream, find_stream(logs, group, name.as_string()));
      streams.push_back(*stream);
    }
    return streams;
  }
  return logs.archive.list_streams(group.arn, call.text("logStreamNamePrefix"), "", max_streams);
}

json::Value show(json::Arena& arena, const Merge::Found& found) {
  return json::ObjectBuilder(arena)
      .add("logStreamName", found.position.stream)
      .add("timestamp", millis(found.event.at))
      .add("message", found.event.message)
      .add("ingestionTime", millis(found.event.ingested))
      .add("eventId", fmt::format("{:020}{:036}", millis(found.event.at), found.event.serial))
      .build();
}

}  // namespace

Task<Result<wire::Reply>> filter_log_events(Logs& logs, wire::Call& call) {
  if (call.has("logStreamNames") && call.has("logStreamNamePrefix")) {
    co_return fail(errors::invalid_parameter("logStreamNamePrefix and logStreamNames are mutually exclusive."));
  }
  CO_TRY_ASSIGN(const Group group, find_group(logs, call));
  CO_TRY_ASSIGN(const FilterPattern pattern, FilterPattern::compile(call.text("filterPattern")));
  CO_TRY_ASSIGN(const auto behind, read_token(call));
  CO_TRY_ASSIGN(auto streams, wanted_streams(logs, call, group));
  const Span span = read_span(logs, call, group, End::included);
  std::erase_if(streams, [&](const Stream& stream) {
    return !stream.first_event || *stream.first_event >= span.to || *stream.last_event < span.from;
  });
  Merge merge(logs, std::move(streams), span, behind);
  const auto limit = static_cast<std::size_t>(call.integer("limit").value_or(max_events));
  std::vector<json::Value> items;
  std::optional<Position> reached;  // set when the page is full
  std::size_t bytes = 0;
  for (std::size_t examined = 1;; ++examined) {
    CO_TRY_ASSIGN(auto found, merge.next());
    if (!found) break;
    if (pattern.matches(found->event.message)) {
      bytes += found->event.message.size() + event_overhead;
      items.push_back(show(call.arena, *found));
    }
    if (items.size() == limit || bytes >= max_bytes || examined == max_examined) {
      reached = std::move(found->position);
      break;
    }
  }
  json::ObjectBuilder output(call.arena);
  output.add("events", json::make_array(call.arena, items));
  output.add("searchedLogStreams", json::make_array(call.arena, {}));
  if (reached) output.add("nextToken", token_of(*reached));
  co_return reply_with(output.build());
}

}  // namespace stepwell::logs
