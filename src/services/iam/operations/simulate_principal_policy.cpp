// What the policies of a user or role say of actions, and which statements decide: nothing is done.

#include "services/iam/decision.h"
#include "services/iam/operations/support.h"
#include "wire/arn.h"

namespace stepwell::iam {
namespace {

// Remembers what conditions have asked for and the simulation was not told.
class SimulatedContext final : public policy::Context {
 public:
  explicit SimulatedContext(policy::KnownContext known) : known_(std::move(known)) {}
  std::optional<policy::Values> find(std::string_view key) const override {
    auto values = known_.find(key);
    if (!values && std::ranges::find(missing_, key) == missing_.end()) missing_.emplace_back(key);
    return values;
  }
  std::vector<std::string> take_missing() { return std::exchange(missing_, {}); }

 private:
  policy::KnownContext known_;
  mutable std::vector<std::string> missing_;
};

struct Subject {
  std::shared_ptr<const Entity> entity;
  std::string_view type;
};

Result<Subject> find_subject(const Iam& iam, const wire::Call& call) {
  const std::string_view source = call.text("PolicySourceArn");
  if (const auto role = iam.registry.find_role(source)) return Subject{role, "role"};
  const auto arn = wire::Arn::parse(source);
  if (arn && arn->resource.starts_with("user/")) {
    const auto user = iam.registry.find_user(arn->account, arn->resource.substr(arn->resource.rfind('/') + 1));
    if (user != nullptr && user->arn() == source) return Subject{user, "user"};
  }
  return fail(errors::no_such_entity(fmt::format("{} is not a user or role that is here", source)));
}

std::vector<std::string> texts_of(const wire::Call& call, std::string_view member) {
  std::vector<std::string> texts;
  const json::Value* list = call.member(member);
  if (list == nullptr) return texts;
  for (const json::Value& text : list->elements()) texts.emplace_back(text.as_string());
  return texts;
}

policy::KnownContext context_of(const wire::Call& call, const Subject& subject) {
  policy::KnownContext context;
  if (const json::Value* entries = call.member("ContextEntries")) {
    for (const json::Value& entry : entries->elements()) {
      const json::Value* key = entry.find("ContextKeyName");
      const json::Value* given = entry.find("ContextKeyValues");
      if (key == nullptr || given == nullptr) continue;
      policy::Values values;
      for (const json::Value& value : given->elements()) values.emplace_back(value.as_string());
      context.add(std::string(key->as_string()), std::move(values));
    }
  }
  context.add("aws:PrincipalArn", std::string(call.text("PolicySourceArn")));
  context.add("aws:PrincipalAccount", subject.entity->account).add("aws:userid", subject.entity->id);
  if (subject.type == "user") context.add("aws:username", subject.entity->name);
  return context;
}

json::Value matched_statements(json::Arena& arena, const Decision& decision) {
  std::vector<json::Value> statements;
  for (const Source* source : decision.matched) {
    statements.push_back(
        json::ObjectBuilder(arena).add("SourcePolicyId", source->id).add("SourcePolicyType", "IAM Policy").build());
  }
  return json::make_array(arena, statements);
}

json::Value result_of(json::Arena& arena, std::string_view action, std::string_view resource, const Decision& decision,
                      const std::vector<std::string>& missing) {
  constexpr std::string_view words[] = {"implicitDeny", "allowed", "explicitDeny"};
  std::vector<json::Value> keys;
  for (const std::string& key : missing) keys.push_back(json::make_string(arena, key));
  return json::ObjectBuilder(arena)
      .add("EvalActionName", action)
      .add("EvalResourceName", resource)
      .add("EvalDecision", words[static_cast<std::size_t>(decision.verdict)])
      .add("MatchedStatements", matched_statements(arena, decision))
      .add("MissingContextValues", json::make_array(arena, keys))
      .build();
}

}  // namespace

Task<Result<wire::Reply>> simulate_principal_policy(Iam& iam, wire::Call& call) {
  CO_TRY_ASSIGN(const Subject subject, find_subject(iam, call));
  Grants grants = grants_of(iam.registry, *subject.entity, subject.type);
  std::size_t number = 0;
  for (const std::string& text : texts_of(call, "PolicyInputList")) {
    CO_TRY_ASSIGN(auto document, policy::parse(text, policy::DocumentKind::identity));
    grants.sources.push_back({fmt::format("PolicyInputList.{}", ++number), PolicyType::identity,
                              std::make_shared<const policy::Document>(std::move(document))});
  }
  SimulatedContext context(context_of(call, subject));
  std::vector<std::string> resources = texts_of(call, "ResourceArns");
  if (resources.empty()) resources.emplace_back("*");
  std::vector<Item> items;
  for (const std::string& action : texts_of(call, "ActionNames")) {
    for (const std::string& resource : resources) {
      const Decision decision = decide(grants, {.action = action, .resource = resource, .context = context});
      const json::Value result = result_of(call.arena, action, resource, decision, context.take_missing());
      items.push_back({fmt::format("{:010}", items.size() + 1), [result](json::Arena&) { return result; }});
    }
  }
  CO_TRY_ASSIGN(const json::Value output, list(call, "EvaluationResults", items));
  co_return reply_with(output);
}

}  // namespace stepwell::iam
