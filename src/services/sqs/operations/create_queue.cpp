#include "lang/json/print.h"
#include "services/sqs/operations/queue_settings.h"
#include "services/sqs/operations/support.h"

namespace stepwell::sqs {
namespace {

constexpr std::string_view fifo_suffix = ".fifo";
constexpr std::size_t longest_name = 80;

bool is_name(std::string_view name) {
  const bool fits = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  return fits && !name.empty();
}

Result<void> check_name(std::string_view name, QueueType type) {
  const bool has_suffix = name.ends_with(fifo_suffix);
  const std::string_view stem = has_suffix ? name.substr(0, name.size() - fifo_suffix.size()) : name;
  const bool fits = is_name(stem) && name.size() <= longest_name;
  if (type == QueueType::fifo && (!has_suffix || !fits)) {
    return fail(errors::invalid_parameter(
        "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with "
        ".fifo suffix and be 1 to 80 in length"));
  }
  if (type == QueueType::standard && (has_suffix || !fits)) {
    return fail(errors::invalid_parameter(
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"));
  }
  return {};
}

// The same call again finds the queue that it has made.
Result<void> check_same(const QueueRecord& existing, const json::Value& given) {
  const Attributes shown = shown_attributes(existing);
  for (const json::Member& attribute : given.members()) {
    const auto found = shown.find(attribute.key);
    if (found == shown.end() || found->second != attribute.value.as_string()) {
      return fail(errors::queue_exists(attribute.key));
    }
  }
  return {};
}

wire::Reply reply_with_url(const Sqs& sqs, wire::Call& call, std::string_view arn) {
  return reply_with(json::ObjectBuilder(call.arena).add("QueueUrl", url_of(sqs, call, arn)).build());
}

}  // namespace

Task<Result<wire::Reply>> create_queue(Sqs& sqs, wire::Call& call) {
  const std::string_view name = call.text("QueueName");
  const json::Value* attributes = call.member("Attributes");
  const json::Value given = attributes == nullptr ? json::ObjectBuilder(call.arena).build() : *attributes;
  const json::Value* fifo = given.find("FifoQueue");
  const bool is_fifo = fifo != nullptr && fifo->is_string() && fifo->as_string() == "true";
  const QueueType type = is_fifo ? QueueType::fifo : QueueType::standard;
  CO_TRY(check_name(name, type));
  const auto lock = co_await sqs.queues.changes().lock();
  QueueRecord record{.arn = queue_arn(call.caller.region, call.caller.account, name),
                     .id = sqs.ports.random.next() >> 1U,  // one more is a number too
                     .created = sqs.ports.clock.now()};
  record.modified = record.created;
  CO_TRY_ASSIGN(record.attributes, with_attributes({}, given, type));
  CO_TRY_ASSIGN(const auto existing, sqs.queues.read(record.arn));
  if (existing && existing->deleted) co_return fail(errors::queue_deleted_recently());
  if (existing) {
    CO_TRY(check_same(*existing, given));
    co_return reply_with_url(sqs, call, record.arn);
  }
  CO_TRY(check_dead_letters(sqs, record));
  if (const json::Value* tags = call.member("tags")) record.tags = json::print(*tags);
  const std::string arn = record.arn;
  CO_TRY(co_await sqs.queues.create(std::move(record)));
  co_return reply_with_url(sqs, call, arn);
}

}  // namespace stepwell::sqs
