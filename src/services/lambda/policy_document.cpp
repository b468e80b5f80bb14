#include "services/lambda/policy_document.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/lambda/errors.h"

#include <algorithm>
#include <vector>

namespace stepwell::lambda {
namespace {

constexpr std::size_t max_policy = 20'480;

json::Value object_of_one(json::Arena& arena, std::string_view name, std::string_view value) {
  return json::ObjectBuilder(arena).add(name, value).build();
}

bool is_account(std::string_view text) {
  return text.size() == 12 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<json::Value> principal_of(json::Arena& arena, std::string_view text) {
  if (text == "*") return json::Value::string("*");
  if (text.ends_with(".amazonaws.com") || text.ends_with(".amazon.com")) return object_of_one(arena, "Service", text);
  if (is_account(text)) return object_of_one(arena, "AWS", fmt::format("arn:aws:iam::{}:root", text));
  if (text.starts_with("arn:aws:iam::") || text.starts_with("arn:aws:sts::")) return object_of_one(arena, "AWS", text);
  return fail(
      errors::invalid_parameter("The provided principal was invalid. Please check the principal and try again."));
}

struct ConditionKey {
  std::string_view member;
  std::string_view key;
};
constexpr auto equal_keys = std::to_array<ConditionKey>({{"FunctionUrlAuthType", "lambda:FunctionUrlAuthType"},
                                                         {"PrincipalOrgID", "aws:PrincipalOrgID"},
                                                         {"SourceAccount", "AWS:SourceAccount"},
                                                         {"EventSourceToken", "lambda:EventSourceToken"}});

// {"StringEquals":{"AWS:SourceAccount":…},"ArnLike":{"AWS:SourceArn":…}}; empty: there is none.
json::Value condition_of(const wire::Call& call, json::Arena& arena) {
  json::ObjectBuilder condition(arena), equal(arena);
  for (const auto& [member, key] : equal_keys) {
    if (call.has(member)) equal.add(key, call.text(member));
  }
  if (const json::Value equals = equal.build(); equals.size() > 0) condition.add("StringEquals", equals);
  if (call.has("InvokedViaFunctionUrl")) {
    const std::string_view via_url = call.flag("InvokedViaFunctionUrl") ? "true" : "false";
    condition.add("Bool", object_of_one(arena, "lambda:InvokedViaFunctionUrl", via_url));
  }
  if (call.has("SourceArn")) condition.add("ArnLike", object_of_one(arena, "AWS:SourceArn", call.text("SourceArn")));
  return condition.build();
}

bool has_id(const json::Value& statement, std::string_view id) { return json::text_of(statement, "Sid") == id; }

Result<std::vector<json::Value>> statements_of(json::Arena& arena, std::string_view policy) {
  if (policy.empty()) return std::vector<json::Value>();
  const auto document = json::parse(arena, policy);
  if (!document) return fail(internal_error("The policy of a function cannot be read."));
  const auto statements = json::elements_of(*document, "Statement");
  return std::vector<json::Value>(statements.begin(), statements.end());
}

std::string print(json::Arena& arena, std::span<const json::Value> statements) {
  return json::print(json::ObjectBuilder(arena)
                         .add("Version", "2012-10-17")
                         .add("Id", "default")
                         .add("Statement", json::make_array(arena, statements))
                         .build());
}

}  // namespace

Result<json::Value> new_statement(wire::Call& call, std::string_view function_arn) {
  json::Arena& arena = call.arena;
  TRY_ASSIGN(const json::Value principal, principal_of(arena, call.text("Principal")));
  json::ObjectBuilder statement(arena);
  statement.add("Sid", call.text("StatementId"))
      .add("Effect", "Allow")
      .add("Principal", principal)
      .add("Action", call.text("Action"))
      .add("Resource", function_arn);
  if (const json::Value condition = condition_of(call, arena); condition.size() > 0) {
    statement.add("Condition", condition);
  }
  return statement.build();
}

Result<std::string> with_statement(std::string_view policy, const json::Value& statement) {
  json::Arena arena;
  const std::string_view id = json::text_of(statement, "Sid");
  TRY_ASSIGN(auto statements, statements_of(arena, policy));
  if (std::ranges::any_of(statements, [id](const json::Value& known) { return has_id(known, id); })) {
    return fail(errors::statement_exists(id));
  }
  statements.push_back(statement);
  std::string made = print(arena, statements);
  if (made.size() > max_policy) return fail(errors::policy_too_long(made.size(), max_policy));
  return made;
}

Result<std::string> without_statement(std::string_view policy, std::string_view id) {
  json::Arena arena;
  TRY_ASSIGN(auto statements, statements_of(arena, policy));
  if (std::erase_if(statements, [id](const json::Value& known) { return has_id(known, id); }) == 0) {
    return fail(errors::statement_not_found(id));
  }
  return statements.empty() ? std::string() : print(arena, statements);
}

}  // namespace stepwell::lambda
