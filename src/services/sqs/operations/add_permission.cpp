#include "services/sqs/operations/permissions.h"

namespace stepwell::sqs {
namespace {

constexpr std::size_t most_actions = 7;
constexpr std::size_t most_statements = 20;
constexpr auto actions = std::to_array<std::string_view>(
    {"*", "ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ListDeadLetterSourceQueues",
     "PurgeQueue", "ReceiveMessage", "SendMessage"});

// One alone stands for itself.
json::Value one_or_all(json::Arena& arena, std::span<const json::Value> values) {
  return values.size() == 1 ? values.front() : json::make_array(arena, values);
}

Result<json::Value> statement_of(wire::Call& call, std::string_view arn) {
  std::vector<json::Value> principals;
  for (const json::Value& account : call.member("AWSAccountIds")->elements()) {
    principals.push_back(json::make_string(call.arena, fmt::format("arn:aws:iam::{}:root", account.as_string())));
  }
  std::vector<json::Value> allowed;
  for (const json::Value& action : call.member("Actions")->elements()) {
    if (std::ranges::find(actions, action.as_string()) == actions.end()) {
      return fail(errors::invalid_value(fmt::format("SQS:{}", action.as_string()), "ActionName",
                                        "Please refer to the appropriate WSDL for a list of valid actions. "));
    }
    allowed.push_back(json::make_string(call.arena, fmt::format("SQS:{}", action.as_string())));
  }
  if (principals.empty()) return fail(errors::missing("AWSAccountId"));
  if (allowed.empty()) return fail(errors::missing("ActionName"));
  if (allowed.size() > most_actions) {
    return fail(errors::over_limit(fmt::format("{} Actions were found, maximum allowed is 7.", allowed.size())));
  }
  json::Arena& arena = call.arena;
  return json::ObjectBuilder(arena)
      .add("Sid", call.text("Label"))
      .add("Effect", "Allow")
      .add("Principal", json::ObjectBuilder(arena).add("AWS", one_or_all(arena, principals)).build())
      .add("Action", one_or_all(arena, allowed))
      .add("Resource", arn)
      .build();
}

}  // namespace

Task<Result<wire::Reply>> add_permission(Sqs& sqs, wire::Call& call) {
  return change_statements(
      sqs, call, [&call](std::string_view arn, std::vector<json::Value>& statements) -> Result<void> {
        if (std::ranges::find_if(statements, is_labelled(call.text("Label"))) != statements.end()) {
          return fail(errors::invalid_value(call.text("Label"), "Label", "Already exists."));
        }
        TRY_ASSIGN(const json::Value statement, statement_of(call, arn));
        statements.push_back(statement);
        if (statements.size() <= most_statements) return {};
        return fail(errors::over_limit("The maximum number of permissions is reached."));
      });
}

}  // namespace stepwell::sqs
