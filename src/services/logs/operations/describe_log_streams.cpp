#include "services/logs/operations/support.h"

namespace stepwell::logs {
namespace {

constexpr std::size_t usual_page = 50;
constexpr std::size_t max_ordered = 100'000;  // streams of a group that are put in an order of their own

json::Value show(json::Arena& arena, const Stream& stream) {
  json::ObjectBuilder shown(arena);
  shown.add("logStreamName", stream.name).add("creationTime", millis(stream.created));
  if (stream.first_event) shown.add("firstEventTimestamp", millis(*stream.first_event));
  if (stream.last_event) shown.add("lastEventTimestamp", millis(*stream.last_event));
  if (stream.last_ingestion) shown.add("lastIngestionTime", millis(*stream.last_ingestion));
  shown.add("uploadSequenceToken", fmt::format("{:056}", stream.id)).add("arn", stream.arn());
  // AWS stopped counting the bytes of a stream in 2019 and shows this.
  shown.add("storedBytes", 0);
  return shown.build();
}

// By name the store has them in order; by time, or backwards, all are read and put in order.
Result<std::vector<Stream>> in_order(const Logs& logs, const wire::Call& call, const Group& group) {
  TRY_ASSIGN(auto streams, logs.archive.list_streams(group.arn, call.text("logStreamNamePrefix"), "", max_ordered));
  if (call.text("orderBy") == "LastEventTime") {
    std::ranges::sort(streams, {}, [](const Stream& stream) { return std::pair(stream.last_event, stream.name); });
  }
  if (call.flag("descending")) std::ranges::reverse(streams);
  return streams;
}

}  // namespace

Task<Result<wire::Reply>> describe_log_streams(Logs& logs, wire::Call& call) {
  if (call.text("orderBy") == "LastEventTime" && call.has("logStreamNamePrefix")) {
    co_return fail(errors::invalid_parameter("Cannot order by LastEventTime with a logStreamNamePrefix."));
  }
  CO_TRY_ASSIGN(const Group group, find_group(logs, call));
  CO_TRY_ASSIGN(const std::string after, read_listing_token(call));
  CO_TRY_ASSIGN(const auto streams, in_order(logs, call, group));
  const auto limit = static_cast<std::size_t>(call.integer("limit").value_or(usual_page));
  auto next = streams.begin();
  if (!after.empty()) {
    next = std::ranges::find(streams, after, &Stream::name);
    if (next != streams.end()) ++next;
  }
  std::vector<json::Value> items;
  for (; next != streams.end() && items.size() < limit; ++next) items.push_back(show(call.arena, *next));
  json::ObjectBuilder output(call.arena);
  output.add("logStreams", json::make_array(call.arena, items));
  if (next != streams.end()) output.add("nextToken", listing_token(std::prev(next)->name));
  co_return reply_with(output.build());
}

}  // namespace stepwell::logs
