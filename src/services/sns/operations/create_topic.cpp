#include "services/sns/operations/support.h"
#include "services/sns/topic_attributes.h"

#include <algorithm>

namespace stepwell::sns {
namespace {

constexpr std::size_t max_name = 256;

bool is_name(std::string_view name, bool is_fifo) {
  if (name.empty() || name.size() > max_name || name.ends_with(".fifo") != is_fifo) return false;
  if (is_fifo) name.remove_suffix(std::string_view(".fifo").size());
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

Result<Topic> read_topic(const wire::Call& call, std::string arn) {
  Topic topic{.arn = std::move(arn)};
  const json::Value* given = call.member("Attributes");
  const auto attributes = given == nullptr ? std::span<const json::Member>() : given->members();
  for (const json::Member& attribute : attributes) {
    if (!attribute.value.is_string()) continue;
    topic.attributes.insert_or_assign(std::string(attribute.key), attribute.value.as_string());
  }
  for (const auto& [name, value] : topic.attributes) TRY(check_topic_attribute(topic, name, value, true));
  if (!topic.is_fifo()) topic.attributes.erase("FifoTopic");
  TRY_ASSIGN(topic.tags, read_tags(call));
  return topic;
}

// Whether a topic that is there is the one that is asked for.
Result<void> check_same(const Topic& known, const Topic& asked) {
  for (const auto& [name, value] : asked.attributes) {
    if (value_of(known.attributes, name) != value) {
      return fail(errors::invalid_parameter("Attributes", "Topic already exists with different attributes"));
    }
  }
  for (const Tag& tag : asked.tags) {
    if (std::ranges::find(known.tags, tag) == known.tags.end()) {
      return fail(errors::invalid_parameter("Tags", "Topic already exists with different tags"));
    }
  }
  return {};
}

}  // namespace

Task<Result<wire::Reply>> create_topic(Sns& sns, wire::Call& call) {
  const std::string_view name = call.text("Name");
  CO_TRY_ASSIGN(Topic topic,
                read_topic(call, fmt::format("arn:aws:sns:{}:{}:{}", call.caller.region, call.caller.account, name)));
  if (!is_name(name, topic.is_fifo())) co_return fail(errors::invalid_parameter("Topic Name"));
  const auto lock = co_await sns.channels.changes().lock();
  CO_TRY_ASSIGN(const ChannelPtr known, sns.channels.find(topic.arn));
  const std::string arn = topic.arn;
  if (known == nullptr) {
    CO_TRY(co_await sns.channels.save(std::move(topic)));
  } else {
    CO_TRY(check_same(known->topic, topic));
  }
  co_return reply_with_text(call, "TopicArn", arn);
}

}  // namespace stepwell::sns
