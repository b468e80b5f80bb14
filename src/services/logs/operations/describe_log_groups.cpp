#include "services/logs/operations/support.h"

namespace stepwell::logs {
namespace {

constexpr std::size_t usual_page = 50;
constexpr std::size_t piece = 100;  // groups read at once while a pattern is looked for

Result<std::uint64_t> bytes_of(const Logs& logs, const Group& group) {
  std::uint64_t bytes = 0;
  std::string after;
  while (true) {
    TRY_ASSIGN(const auto streams, logs.archive.list_streams(group.arn, "", after, piece));
    for (const Stream& stream : streams) bytes += stream.bytes;
    if (streams.size() < piece) return bytes;
    after = streams.back().name;
  }
}

Result<json::Value> show(const Logs& logs, json::Arena& arena, const Group& group) {
  json::ObjectBuilder shown(arena);
  shown.add("logGroupName", group.name).add("creationTime", millis(group.created));
  if (group.retention_days > 0) shown.add("retentionInDays", static_cast<std::int64_t>(group.retention_days));
  shown.add("metricFilterCount", 0).add("arn", group.arn + ":*");
  TRY_ASSIGN(const std::uint64_t bytes, bytes_of(logs, group));
  shown.add("storedBytes", static_cast<std::int64_t>(bytes));
  if (!group.kms_key.empty()) shown.add("kmsKeyId", group.kms_key);
  shown.add("logGroupClass", group.log_class).add("logGroupArn", group.arn);
  return shown.build();
}

bool is_wanted(const wire::Call& call, const Group& group) {
  return group.name.contains(call.text("logGroupNamePattern")) &&
         (!call.has("logGroupClass") || call.text("logGroupClass") == group.log_class);
}

}  // namespace

Task<Result<wire::Reply>> describe_log_groups(Logs& logs, wire::Call& call) {
  if (call.has("logGroupNamePrefix") && call.has("logGroupNamePattern")) {
    co_return fail(
        errors::invalid_parameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters."));
  }
  const auto limit = static_cast<std::size_t>(call.integer("limit").value_or(usual_page));
  CO_TRY_ASSIGN(std::string after, read_listing_token(call));
  if (!after.empty()) after = group_arn(call.caller, after);
  const std::string prefix = group_arn(call.caller, call.text("logGroupNamePrefix"));
  std::vector<Group> found;
  bool more = true;
  while (more && found.size() <= limit) {
    CO_TRY_ASSIGN(const auto page, logs.archive.list_groups(prefix, after, piece));
    more = page.size() == piece;
    for (const Group& group : page) {
      if (is_wanted(call, group)) found.push_back(group);
    }
    if (!page.empty()) after = page.back().arn;
  }
  std::vector<json::Value> items;
  for (const Group& group : std::span(found).first(std::min(found.size(), limit))) {
    CO_TRY_ASSIGN(const json::Value shown, show(logs, call.arena, group));
    items.push_back(shown);
  }
  json::ObjectBuilder output(call.arena);
  output.add("logGroups", json::make_array(call.arena, items));
  if (found.size() > limit) output.add("nextToken", listing_token(found[limit - 1].name));
  co_return reply_with(output.build());
}

}  // namespace stepwell::logs
