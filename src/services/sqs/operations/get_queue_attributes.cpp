#include "services/sqs/operations/support.h"

namespace stepwell::sqs {
namespace {

bool asks_for(std::span<const json::Value> names, std::string_view name) {
  return std::ranges::any_of(
      names, [name](const json::Value& asked) { return asked.as_string() == "All" || asked.as_string() == name; });
}

}  // namespace

Task<Result<wire::Reply>> get_queue_attributes(Sqs& sqs, wire::Call& call) {
  CO_TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  const json::Value* given = call.member("AttributeNames");
  const auto names = given == nullptr ? std::span<const json::Value>() : given->elements();
  for (const json::Value& name : names) {
    if (!is_attribute(name.as_string())) co_return fail(errors::unknown_attribute(name.as_string()));
  }
  Attributes shown = shown_attributes(queue->record());
  const bool counts = asks_for(names, "ApproximateNumberOfMessages") ||
                      asks_for(names, "ApproximateNumberOfMessagesDelayed") ||
                      asks_for(names, "ApproximateNumberOfMessagesNotVisible");
  if (counts) {
    CO_TRY_ASSIGN(const Counts messages, co_await queue->count());
    shown["ApproximateNumberOfMessages"] = fmt::to_string(messages.visible);
    shown["ApproximateNumberOfMessagesDelayed"] = fmt::to_string(messages.delayed);
    shown["ApproximateNumberOfMessagesNotVisible"] = fmt::to_string(messages.in_flight);
  }
  json::ObjectBuilder attributes(call.arena);
  for (const auto& [name, value] : shown) {
    if (asks_for(names, name)) attributes.add(call.arena.copy(name), value);
  }
  json::ObjectBuilder output(call.arena);
  if (!attributes.empty()) output.add("Attributes", attributes.build());
  co_return reply_with(output.build());
}

}  // namespace stepwell::sqs
