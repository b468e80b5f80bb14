#include "services/logs/operations/support.h"

#include <charconv>

namespace stepwell::logs {
namespace {

constexpr std::size_t max_events = 10'000;
constexpr std::size_t max_bytes = 1'048'576;  // of a page
constexpr std::size_t digits = 20;            // of each part of a token

// "f/<time><serial>/s" goes on behind that place, "b/…" before it.
std::string token_of(char direction, const Place& place) {
  return fmt::format("{}/{:0{}}{:0{}}/s", direction, millis(place.at), digits, place.serial, digits);
}

struct Token {
  bool forward = true;
  Place place;
};

Result<std::optional<Token>> read_token(const wire::Call& call) {
  const std::string_view text = call.text("nextToken");
  if (text.empty()) return std::nullopt;
  const auto invalid = fail(errors::invalid_parameter("The specified nextToken is invalid."));
  const bool is_shaped =
      text.size() == 2 * digits + 4 && (text.starts_with("f/") || text.starts_with("b/")) && text.ends_with("/s");
  if (!is_shaped) return invalid;
  const auto number = [&](std::size_t at) {
    std::uint64_t value = 0;
    const std::string_view part = text.substr(at, digits);
    const auto read = std::from_chars(part.data(), part.data() + part.size(), value);
    return read.ec == std::errc{} && read.ptr == part.data() + part.size() ? std::optional(value) : std::nullopt;
  };
  const auto at = number(2);
  const auto serial = number(2 + digits);
  if (!at || !serial || std::cmp_greater(*at, std::numeric_limits<std::int64_t>::max())) return invalid;
  return Token{.forward = text.starts_with("f/"),
               .place = {.at = Timestamp{Duration{static_cast<std::int64_t>(*at)}}, .serial = *serial}};
}

Place behind(const Place& place) { return {.at = place.at, .serial = place.serial + 1}; }

// The events of a page, in the order of their places.
Result<std::vector<Event>> read_page(store::Cursor& cursor, std::size_t limit, bool forward) {
  std::vector<Event> events;
  std::size_t bytes = 0;
  for (; cursor.valid() && events.size() < limit; cursor.next()) {
    auto event = decode_event(cursor.key(), cursor.value());
    if (!event) return fail(unreadable("log event"));
    bytes += event->message.size() + event_overhead;
    if (bytes > max_bytes && !events.empty()) break;
    events.push_back(std::move(*event));
  }
  TRY(cursor.status());
  if (!forward) std::ranges::reverse(events);
  return events;
}

json::Value show(json::Arena& arena, const Event& event) {
  return json::ObjectBuilder(arena)
      .add("timestamp", millis(event.at))
      .add("message", event.message)
      .add("ingestionTime", millis(event.ingested))
      .build();
}

}  // namespace

Task<Result<wire::Reply>> get_log_events(Logs& logs, wire::Call& call) {
  CO_TRY_ASSIGN(const Group group, find_group(logs, call));
  CO_TRY_ASSIGN(const auto stream, find_stream(logs, group, call.text("logStreamName")));
  CO_TRY_ASSIGN(const auto token, read_token(call));
  const Span span = read_span(logs, call, group, End::excluded);
  Place from{.at = span.from};
  Place to{.at = span.to};
  const bool forward = token ? token->forward : call.flag("startFromHead");
  if (token && forward) from = std::max(from, behind(token->place));
  if (token && !forward) to = std::min(to, token->place);
  const auto cursor = logs.archive.scan(stream->id, from, std::max(from, to),
                                        forward ? store::Direction::forward : store::Direction::backward);
  const auto limit = static_cast<std::size_t>(call.integer("limit").value_or(max_events));
  CO_TRY_ASSIGN(const auto events, read_page(*cursor, limit, forward));
  Place first = token ? token->place : from;
  Place last = first;
  std::vector<json::Value> items;
  for (const Event& event : events) items.push_back(show(call.arena, event));
  if (!events.empty()) {
    first = {.at = events.front().at, .serial = events.front().serial};
    last = {.at = events.back().at, .serial = events.back().serial};
  }
  co_return reply_with(json::ObjectBuilder(call.arena)
                           .add("events", json::make_array(call.arena, items))
                           .add("nextForwardToken", token_of('f', last))
                           .add("nextBackwardToken", token_of('b', first))
                           .build());
}

}  // namespace stepwell::logs
