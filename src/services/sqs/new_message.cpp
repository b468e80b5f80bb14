#include "services/sqs/new_message.h"

#include "crypto/hash.h"
#include "lang/json/print.h"
#include "services/sqs/message_attributes.h"
#include "services/sqs/operations/support.h"
#include "services/sqs/sequences.h"
#include "wire/principal.h"

namespace stepwell::sqs {
namespace {

constexpr std::int64_t longest_delay = 900;
constexpr std::size_t longest_fifo_id = 128;
constexpr std::size_t longest_batch = 1'048'576;

const json::Value* member_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}
std::string_view text_of(const json::Value& object, std::string_view name) {
  const json::Value* value = member_of(object, name);
  return value == nullptr ? std::string_view{} : value->as_string();
}

std::size_t bytes_of(const json::Value& input) {
  const json::Value* attributes = member_of(input, "MessageAttributes");
  return text_of(input, "MessageBody").size() + (attributes == nullptr ? 0 : attribute_bytes(*attributes));
}

// What XML can hold; `text` is UTF-8.
bool is_plain(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') return false;
    // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
    if (byte == 0xEF && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xBF &&
        static_cast<unsigned char>(text[i + 2]) >= 0xBE) {
      return false;
    }
  }
  return true;
}

bool is_fifo_id(std::string_view id) {
  return id.size() <= longest_fifo_id && std::ranges::all_of(id, [](char c) { return c > ' ' && c <= '~'; });
}

Result<void> check_content(const Settings& settings, const json::Value& input) {
  const std::string_view body = text_of(input, "MessageBody");
  if (body.empty()) return fail(errors::missing("MessageBody"));
  if (bytes_of(input) > settings.max_message_bytes) return fail(errors::message_too_long(settings.max_message_bytes));
  if (!is_plain(body)) return fail(errors::invalid_characters());
  if (const json::Value* attributes = member_of(input, "MessageAttributes")) TRY(check_message_attributes(*attributes));
  if (const json::Value* attributes = member_of(input, "MessageSystemAttributes")) {
    TRY(check_system_attributes(*attributes));
  }
  for (const std::string_view name : {"MessageDeduplicationId", "MessageGroupId"}) {
    const json::Value* id = member_of(input, name);
    if (id == nullptr || (is_fifo_id(id->as_string()) && id->size() > 0)) continue;
    return fail(errors::invalid_value(
        id->as_string(), name,
        fmt::format("{} can only include alphanumeric and punctuation characters. 1 to 128 in length.", name)));
  }
  return {};
}

Result<Duration> read_delay(const Settings& settings, const json::Value& input) {
  const json::Value* given = member_of(input, "DelaySeconds");
  const std::int64_t seconds = given == nullptr ? settings.delay_seconds : given->as_integer().value_or(-1);
  if (given == nullptr) return std::chrono::seconds(seconds);
  if (seconds < 0 || seconds > longest_delay) {
    return fail(errors::invalid_value(given->lexeme(), "DelaySeconds", "DelaySeconds must be >= 0 and <= 900."));
  }
  if (settings.fifo && seconds > 0) {
    return fail(errors::invalid_value(given->lexeme(), "DelaySeconds",
                                      "The request include parameter that is not valid for this queue type."));
  }
  return std::chrono::seconds(settings.fifo ? settings.delay_seconds : seconds);
}

Result<std::string> read_deduplication_id(const Settings& settings, const json::Value& input) {
  const std::string_view given = text_of(input, "MessageDeduplicationId");
  if (!settings.fifo && !given.empty()) {
    return fail(errors::invalid_value(given, "MessageDeduplicationId",
                                      "The request include parameter that is not valid for this queue type."));
  }
  if (!settings.fifo || !given.empty()) return std::string(given);
  if (settings.content_based_deduplication) {
    return crypto::to_hex(crypto::digest(crypto::Digest::sha256, text_of(input, "MessageBody")));
  }
  return fail(errors::invalid_parameter(
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"));
}

// As SenderId shows it.
std::string sender_of(const wire::Caller& caller) {
  return caller.principal == nullptr ? caller.account : caller.principal->id;
}

Result<Message> read_message(const Sqs& sqs, const wire::Caller& caller, const Settings& settings,
                             const json::Value& input) {
  TRY(check_content(settings, input));
  Message message{.sent = sqs.ports.clock.now()};
  TRY_ASSIGN(const Duration delay, read_delay(settings, input));
  message.due = message.sent + delay;
  message.group = text_of(input, "MessageGroupId");
  if (settings.fifo && message.group.empty()) return fail(errors::missing("MessageGroupId"));
  TRY_ASSIGN(message.deduplication_id, read_deduplication_id(settings, input));
  message.sender = sender_of(caller);
  message.trace_header = caller.trace_header;
  if (const json::Value* system = member_of(input, "MessageSystemAttributes")) {
    if (const json::Value* header = system->find("AWSTraceHeader"))
      message.trace_header = text_of(*header, "StringValue");
  }
  if (const json::Value* attributes = member_of(input, "MessageAttributes"); attributes && attributes->size() > 0) {
    message.attributes = json::print(*attributes);
  }
  message.body = text_of(input, "MessageBody");
  message.body_digest = crypto::digest(crypto::Digest::md5, message.body);
  return message;
}

// Sends one message, given as `input`, and adds what is answered to `output`.
Result<void> send(const Sqs& sqs, const wire::Caller& caller, Queue& queue, const json::Value& input,
                  store::Batch& batch, json::ObjectBuilder& output) {
  TRY_ASSIGN(Message message, read_message(sqs, caller, queue.settings(), input));
  const std::string body_digest = crypto::to_hex(message.body_digest);
  TRY_ASSIGN(const Sent sent, queue.send(std::move(message), batch));
  output.add("MD5OfMessageBody", body_digest);
  const auto add_digest = [&](std::string_view name, std::string_view of) {
    const json::Value* attributes = member_of(input, of);
    const std::string digest = attributes == nullptr ? std::string() : attributes_digest(*attributes);
    if (!digest.empty()) output.add(name, digest);
  };
  add_digest("MD5OfMessageAttributes", "MessageAttributes");
  add_digest("MD5OfMessageSystemAttributes", "MessageSystemAttributes");
  output.add("MessageId", sent.message_id);
  if (queue.settings().fifo) output.add("SequenceNumber", sequence_number(sent.sequence));
  return {};
}

}  // namespace

Result<wire::Reply> fold_send_message(Sqs& sqs, wire::Call& call, store::Batch& batch) {
  TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  json::ObjectBuilder output(call.arena);
  TRY(send(sqs, call.caller, *queue, call.input, batch, output));
  return reply_with(output.build());
}

Result<wire::Reply> fold_send_message_batch(Sqs& sqs, wire::Call& call, store::Batch& batch) {
  TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  TRY_ASSIGN(const auto entries, read_entries(call, "SendMessageBatchRequestEntry"));
  std::size_t bytes = 0;
  for (const json::Value& entry : entries) bytes += bytes_of(entry);
  if (bytes > longest_batch) return fail(errors::batch_too_long(bytes, longest_batch));
  BatchReply reply(call);
  for (const json::Value& entry : entries) {
    json::ObjectBuilder output(call.arena);
    output.add("Id", text_of(entry, "Id"));
    if (const auto sent = send(sqs, call.caller, *queue, entry, batch, output)) {
      reply.succeed(output.build());
    } else {
      reply.refuse(text_of(entry, "Id"), sent.error());
    }
  }
  return reply.finish();
}

}  // namespace stepwell::sqs
