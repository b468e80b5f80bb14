#include "services/sqs/operations/permissions.h"

#include "lang/json/parse.h"
#include "lang/json/print.h"

namespace stepwell::sqs {
namespace {

// The policy with other statements.
json::Value with_statements(json::Arena& arena, const json::Value& policy, std::span<const json::Value> statements) {
  json::ObjectBuilder changed(arena);
  for (const json::Member& member : policy.members()) changed.add(member.key, member.value);
  return changed.add("Statement", json::make_array(arena, statements)).build();
}

json::Value new_policy(json::Arena& arena, std::string_view arn) {
  return json::ObjectBuilder(arena)
      .add("Version", "2008-10-17")
      .add("Id", fmt::format("{}/SQSDefaultPolicy", arn))
      .build();
}

}  // namespace

Task<Result<wire::Reply>> change_statements(Sqs& sqs, wire::Call& call, ChangeStatements change) {
  const auto lock = co_await sqs.queues.changes().lock();
  CO_TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  QueueRecord record = queue->record();
  json::Arena& arena = call.arena;
  const auto kept = record.attributes.find("Policy");
  const auto parsed = json::parse_copy(arena, kept == record.attributes.end() ? "{}" : std::string_view(kept->second));
  const json::Value policy = parsed && parsed->size() > 0 ? *parsed : new_policy(arena, record.arn);
  std::vector<json::Value> statements;
  if (const json::Value* listed = policy.find("Statement"); listed != nullptr && listed->is_array()) {
    statements.assign(listed->elements().begin(), listed->elements().end());
  }
  CO_TRY(change(record.arn, statements));
  record.attributes.erase("Policy");
  if (!statements.empty()) {
    record.attributes.emplace("Policy", json::print(with_statements(arena, policy, statements)));
  }
  record.modified = sqs.ports.clock.now();
  CO_TRY(co_await sqs.queues.save(std::move(record)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sqs
