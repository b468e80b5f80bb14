#include "services/sns/policy_document.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "lang/policy/parse.h"
#include "services/sns/errors.h"
#include "wire/arn.h"

#include <algorithm>
#include <array>

namespace stepwell::sns {
namespace {

constexpr auto actions =
    std::to_array<std::string_view>({"GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission",
                                     "DeleteTopic", "Subscribe", "ListSubscriptionsByTopic", "Publish"});

std::span<const json::Value> statements_of(const json::Value& document) {
  const json::Value* statements = document.find("Statement");
  if (statements == nullptr) return {};
  return statements->is_array() ? statements->elements() : std::span(statements, 1);
}

bool has_label(const json::Value& statement, std::string_view label) {
  const json::Value* sid = statement.find("Sid");
  return sid != nullptr && sid->is_string() && sid->as_string() == label;
}

// One text, or a list of them.
json::Value texts(json::Arena& arena, const std::vector<std::string>& values) {
  std::vector<json::Value> made;
  for (const std::string& value : values) made.push_back(json::make_string(arena, value));
  return made.size() == 1 ? made.front() : json::make_array(arena, made);
}

std::string with_statements(json::Arena& arena, const json::Value& document, std::span<const json::Value> statements) {
  json::ObjectBuilder changed(arena);
  for (const json::Member& member : document.members()) changed.add(member.key, member.value);
  return json::print(changed.add("Statement", json::make_array(arena, statements)).build());
}

Result<json::Value> read(json::Arena& arena, std::string_view text) {
  auto document = json::parse(arena, text);
  if (!document || !document->is_object()) return fail(errors::invalid_parameter("Policy Error: null"));
  return *document;
}

// That the owner may do everything.
std::string default_policy(std::string_view topic_arn) {
  const std::string_view account = wire::Arn::parse(topic_arn)->account;
  json::Arena arena;
  std::vector<json::Value> allowed;
  for (const std::string_view action : actions) {
    allowed.push_back(json::make_string(arena, fmt::format("SNS:{}", action)));
  }
  const json::Value owner = json::ObjectBuilder(arena).add("AWS:SourceOwner", account).build();
  const json::Value statement = json::ObjectBuilder(arena)
                                    .add("Sid", "__default_statement_ID")
                                    .add("Effect", "Allow")
                                    .add("Principal", json::ObjectBuilder(arena).add("AWS", "*").build())
                                    .add("Action", json::make_array(arena, allowed))
                                    .add("Resource", topic_arn)
                                    .add("Condition", json::ObjectBuilder(arena).add("StringEquals", owner).build())
                                    .build();
  return json::print(json::ObjectBuilder(arena)
                         .add("Version", "2008-10-17")
                         .add("Id", "__default_policy_ID")
                         .add("Statement", json::make_array(arena, std::span(&statement, 1)))
                         .build());
}

}  // namespace

std::string policy_of(const Topic& topic) {
  const std::string_view set = value_of(topic.attributes, "Policy");
  return set.empty() ? default_policy(topic.arn) : std::string(set);
}

Result<void> check_policy(std::string_view text) {
  const auto document = policy::parse(text, policy::DocumentKind::resource);
  return document ? Result<void>() : fail(errors::invalid_parameter("Policy Error: null"));
}

Result<std::string> add_permission(std::string_view policy, std::string_view topic_arn, const Permission& permission) {
  json::Arena arena;
  TRY_ASSIGN(const json::Value document, read(arena, policy));
  const auto known = statements_of(document);
  if (std::ranges::any_of(known, [&](const auto& statement) { return has_label(statement, permission.label); })) {
    return fail(errors::invalid_parameter("Statement already exists"));
  }
  std::vector<std::string> principals, allowed;
  for (const std::string_view account : permission.accounts) {
    principals.push_back(fmt::format("arn:aws:iam::{}:root", account));
  }
  for (const std::string_view action : permission.actions) {
    if (std::ranges::find(actions, action) == actions.end()) {
      return fail(errors::invalid_parameter("Policy statement action out of service scope!"));
    }
    allowed.push_back(fmt::format("SNS:{}", action));
  }
  std::vector<json::Value> statements(known.begin(), known.end());
  statements.push_back(json::ObjectBuilder(arena)
                           .add("Sid", permission.label)
                           .add("Effect", "Allow")
                           .add("Principal", json::ObjectBuilder(arena).add("AWS", texts(arena, principals)).build())
                           .add("Action", texts(arena, allowed))
                           .add("Resource", topic_arn)
                           .build());
  return with_statements(arena, document, statements);
}

Result<std::string> remove_permission(std::string_view policy, std::string_view label) {
  json::Arena arena;
  TRY_ASSIGN(const json::Value document, read(arena, policy));
  std::vector<json::Value> kept;
  const auto known = statements_of(document);
  for (const json::Value& statement : known) {
    if (!has_label(statement, label)) kept.push_back(statement);
  }
  if (kept.size() == known.size()) {
    return fail(errors::make("NotFoundException", "Statement does not exist"));
  }
  return with_statements(arena, document, kept);
}

}  // namespace stepwell::sns
