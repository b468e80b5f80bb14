#include "services/logs/operations/support.h"

#include "crypto/hash.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

namespace stepwell::logs {
namespace {

constexpr std::size_t max_tags = 50;
constexpr Timestamp end_of_time{std::chrono::days(3'000'000)};

Result<Group> find(Logs& logs, std::string_view arn) {
  if (arn.ends_with(":*")) arn.remove_suffix(2);
  TRY_ASSIGN(auto group, logs.archive.find_group(arn));
  if (!group) return fail(errors::group_not_found());
  return std::move(*group);
}

Result<std::string> with_tags(const Group& group, const json::Value& added) {
  json::Arena arena;
  json::ObjectBuilder tags(arena);
  for (const json::Member& tag : show_tags(arena, group).members()) tags.add(tag.key, tag.value);
  for (const json::Member& tag : added.members()) tags.add(tag.key, tag.value);
  const json::Value all = tags.build();
  if (all.size() > max_tags) return fail(errors::too_many_tags(group.arn));
  return json::print(all);
}

std::string without_tags(const Group& group, const json::Value& keys) {
  json::Arena arena;
  json::ObjectBuilder tags(arena);
  for (const json::Member& tag : show_tags(arena, group).members()) {
    const auto is_it = [&](const json::Value& key) { return key.as_string() == tag.key; };
    if (std::ranges::none_of(keys.elements(), is_it)) tags.add(tag.key, tag.value);
  }
  return json::print(tags.build());
}

}  // namespace

std::string group_arn(const wire::Caller& caller, std::string_view name) {
  return fmt::format("arn:aws:logs:{}:{}:log-group:{}", caller.region, caller.account, name);
}

Result<Group> find_group(Logs& logs, const wire::Call& call) {
  const std::string_view name = call.text("logGroupName");
  const std::string_view identifier = call.text("logGroupIdentifier");
  if (name.empty() == identifier.empty()) {
    return fail(errors::invalid_parameter("Exactly one of LogGroupName and LogGroupIdentifier must be specified."));
  }
  if (identifier.starts_with("arn:")) return find(logs, identifier);
  return find(logs, group_arn(call.caller, name.empty() ? identifier : name));
}

Result<Group> find_resource(Logs& logs, const wire::Call& call) {
  auto group = find(logs, call.text("resourceArn"));
  if (!group && group.error().code == errors::group_not_found().code) return fail(errors::resource_not_found());
  return group;
}

Result<std::shared_ptr<Stream>> find_stream(Logs& logs, const Group& group, std::string_view name) {
  TRY_ASSIGN(auto stream, logs.archive.find_stream(group.arn, name));
  if (stream == nullptr) return fail(errors::stream_not_found());
  return stream;
}

Span read_span(const Logs& logs, const wire::Call& call, const Group& group, End end) {
  Span span{.from = Timestamp{Duration{call.integer("startTime").value_or(0)}}, .to = end_of_time};
  if (const auto last = call.integer("endTime"); last && *last < millis(end_of_time)) {
    span.to = Timestamp{Duration{*last + (end == End::included ? 1 : 0)}};
  }
  if (group.retention_days > 0) {
    span.from = std::max(span.from, logs.clock.now() - std::chrono::days(group.retention_days));
  }
  span.to = std::max(span.to, span.from);
  return span;
}

Result<std::string> read_listing_token(const wire::Call& call) {
  const std::string_view token = call.text("nextToken");
  if (token.empty()) return std::string{};
  auto name = crypto::base64url_decode(token);
  if (!name) return fail(errors::invalid_parameter("The specified nextToken is invalid."));
  return std::move(*name);
}

std::string listing_token(std::string_view name) { return crypto::base64url_encode(name); }

json::Value show_tags(json::Arena& arena, const Group& group) {
  const auto tags = json::parse_copy(arena, group.tags);
  return tags ? *tags : json::ObjectBuilder(arena).build();
}

Task<Result<wire::Reply>> add_tags(Logs& logs, wire::Call& call, FindGroup find) {
  const auto lock = co_await logs.archive.changes().lock();
  CO_TRY_ASSIGN(Group group, find(logs, call));
  CO_TRY_ASSIGN(group.tags, with_tags(group, *call.member("tags")));
  CO_TRY(co_await logs.archive.save_group(std::move(group)));
  co_return reply_with_nothing(call);
}

Task<Result<wire::Reply>> remove_tags(Logs& logs, wire::Call& call, FindGroup find, std::string_view keys) {
  const auto lock = co_await logs.archive.changes().lock();
  CO_TRY_ASSIGN(Group group, find(logs, call));
  group.tags = without_tags(group, *call.member(keys));
  CO_TRY(co_await logs.archive.save_group(std::move(group)));
  co_return reply_with_nothing(call);
}

json::Value show_policy(json::Arena& arena, const Policy& policy) {
  return json::ObjectBuilder(arena)
      .add("policyName", policy.name)
      .add("policyDocument", policy.document)
      .add("lastUpdatedTime", millis(policy.updated))
      .build();
}

}  // namespace stepwell::logs
