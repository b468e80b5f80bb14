#include "services/sns/publish.h"

#include "lang/json/build.h"
#include "services/sns/errors.h"
#include "services/sns/fan_out.h"
#include "services/sns/operations/support.h"

#include <set>

namespace stepwell::sns {
namespace {

constexpr std::size_t max_entries = 10;
constexpr std::size_t max_entry_id = 80;

// The topic that Publish is for. A phone number or an endpoint of a phone is none that is here.
Result<std::string_view> topic_of(const wire::Call& call) {
  if (call.has("PhoneNumber")) {
    const std::string_view number = call.text("PhoneNumber");
    const bool is_number = number.starts_with('+') && number.size() > 8 &&
                           number.find_first_not_of("0123456789", 1) == std::string_view::npos;
    if (!is_number) {
      return fail(errors::invalid_parameter("PhoneNumber", fmt::format("{} is not valid to publish to", number)));
    }
    return fail(errors::not_implemented("Publishing to a phone number"));
  }
  if (call.has("TopicArn")) return call.text("TopicArn");
  if (!call.has("TargetArn")) {
    return fail(errors::invalid_parameter("TopicArn or TargetArn", "no value for required parameter"));
  }
  if (call.text("TargetArn").contains(":endpoint/")) {
    return fail(errors::invalid_parameter("TargetArn", "No endpoint found for the target arn specified"));
  }
  return call.text("TargetArn");
}

// The answer: what a FIFO topic has taken already, or what is taken now.
Result<Taken> publish(Sns& sns, const wire::Call& call, const Channel& channel, Message& message, store::Batch& batch) {
  message.at = sns.clock.now();
  message.id = make_uuid(sns.random);
  Taken taken{.message_id = message.id};
  if (channel.topic.is_fifo()) {
    const bool by_group = value_of(channel.topic.attributes, "FifoThroughputScope") == "MessageGroup";
    const std::string key =
        taken_key(channel.topic.arn, by_group ? message.group : std::string_view(), deduplication_id(message));
    TRY_ASSIGN(const auto known, sns.fifo.find(key));
    if (known) return *known;
    taken.sequence = message.sequence = sns.fifo.next_sequence();
    sns.fifo.take(key, taken, batch);
  }
  TRY(fan_out(sns, call, channel, message, batch));
  return taken;
}

void add(json::ObjectBuilder& shown, const Taken& taken) {
  shown.add("MessageId", taken.message_id);
  if (!taken.sequence.empty()) shown.add("SequenceNumber", taken.sequence);
}

Result<std::vector<Message>> read_entries(wire::Call& call, const Topic& topic) {
  const auto entries = call.member("PublishBatchRequestEntries")->elements();
  if (entries.empty()) return fail(errors::empty_batch());
  if (entries.size() > max_entries) return fail(errors::too_many_entries());
  std::set<std::string_view> ids;
  std::vector<Message> messages;
  std::size_t bytes = 0;
  for (const json::Value& entry : entries) {
    const std::string_view id = entry.find("Id")->as_string();
    const bool is_id = !id.empty() && id.size() <= max_entry_id && std::ranges::all_of(id, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    if (!is_id) return fail(errors::invalid_entry_id());
    if (!ids.insert(id).second) return fail(errors::same_entry_ids());
  }
  for (const json::Value& entry : entries) {
    TRY_ASSIGN(Message message, read_message(call.arena, topic, entry));
    bytes += message.bytes();
    messages.push_back(std::move(message));
  }
  if (bytes > max_message_bytes) return fail(errors::batch_too_long());
  return messages;
}

}  // namespace

Result<wire::Reply> fold_publish(Sns& sns, wire::Call& call, store::Batch& batch) {
  TRY_ASSIGN(const std::string_view arn, topic_of(call));
  TRY_ASSIGN(const ChannelPtr channel, find_channel(sns, call, "TopicArn", arn));
  TRY_ASSIGN(Message message, read_message(call.arena, channel->topic, call.input));
  if (message.bytes() > max_message_bytes) return fail(errors::invalid_parameter("Message too long"));
  store::Batch own;
  TRY_ASSIGN(const Taken taken, publish(sns, call, *channel, message, own));
  batch.append(std::move(own));
  json::ObjectBuilder output(call.arena);
  add(output, taken);
  return reply_with(output.build());
}

Result<wire::Reply> fold_publish_batch(Sns& sns, wire::Call& call, store::Batch& batch) {
  TRY_ASSIGN(const ChannelPtr channel, find_channel(sns, call, "TopicArn", call.text("TopicArn")));
  TRY_ASSIGN(std::vector<Message> messages, read_entries(call, channel->topic));
  const auto entries = call.member("PublishBatchRequestEntries")->elements();
  store::Batch own;
  std::vector<json::Value> successful;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    TRY_ASSIGN(const Taken taken, publish(sns, call, *channel, messages[i], own));
    json::ObjectBuilder shown(call.arena);
    shown.add("Id", *entries[i].find("Id"));
    add(shown, taken);
    successful.push_back(shown.build());
  }
  batch.append(std::move(own));
  return reply_with(json::ObjectBuilder(call.arena)
                        .add("Successful", json::make_array(call.arena, successful))
                        .add("Failed", json::make_array(call.arena, {}))
                        .build());
}

}  // namespace stepwell::sns
