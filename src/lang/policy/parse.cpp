#include "lang/policy/parse.h"

#include "lang/json/parse.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>

namespace stepwell::policy {
namespace {

constexpr std::size_t max_depth = 16;
constexpr std::string_view newest = "2012-10-17";
constexpr std::string_view older = "2008-10-17";

std::unexpected<Error> malformed(std::string message) {
  return fail({.code = "MalformedPolicyDocumentException", .message = std::move(message), .detail = {}});
}
std::unexpected<Error> syntax_error() { return malformed("Syntax errors in policy."); }

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// A text, or a list of texts that is not empty.
Result<std::vector<std::string_view>> read_texts(const json::Value& value) {
  std::vector<std::string_view> texts;
  if (value.is_string()) {
    texts.push_back(value.as_string());
  } else if (value.is_array()) {
    for (const json::Value& element : value.elements()) {
      if (!element.is_string()) return syntax_error();
      texts.push_back(element.as_string());
    }
  } else {
    return syntax_error();
  }
  return texts;
}

class Reader {
 public:
  explicit Reader(DocumentKind kind) : kind_(kind) {}

  Result<Document> read(const json::Value& root) {
    if (!root.is_object()) return syntax_error();
    constexpr auto known = std::to_array<std::string_view>({"Version", "Id", "Statement"});
    TRY(check_members(root, known));
    TRY(read_version(root));
    const json::Value* statements = root.find("Statement");
    if (statements == nullptr) return syntax_error();
    Document document;
    if (statements->is_object()) {
      TRY(read_statement(*statements, document));
    } else if (statements->is_array()) {
      if (statements->size() == 0) return malformed("Syntax errors in policy.");
      for (const json::Value& statement : statements->elements()) TRY(read_statement(statement, document));
    } else {
      return syntax_error();
    }
    return document;
  }

 private:
  static Result<void> check_members(const json::Value& object, std::span<const std::string_view> known) {
    for (const json::Member& member : object.members()) {
      if (std::ranges::find(known, member.key) == known.end()) return syntax_error();
    }
    return {};
  }

  Result<void> read_version(const json::Value& root) {
    const json::Value* id = root.find("Id");
    if (id != nullptr && !id->is_string()) return syntax_error();
    const json::Value* version = root.find("Version");
    if (version == nullptr) return {};
    if (!version->is_string()) return syntax_error();
    if (version->as_string() == newest) {
      variables_ = Variables::replaced;
      return {};
    }
    if (version->as_string() != older) return malformed("Policy document must be version 2012-10-17 or greater.");
    return {};
  }

  Result<void> read_statement(const json::Value& value, Document& document) {
    constexpr auto known = std::to_array<std::string_view>(
        {"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"});
    if (!value.is_object()) return syntax_error();
    TRY(check_members(value, known));
    Statement statement;
    TRY(read_sid(value, statement));
    TRY(read_effect(value, statement));
    TRY(read_principals(value, statement));
    TRY(read_actions(value, statement));
    TRY(read_resources(value, statement));
    TRY(read_conditions(value, statement));
    document.statements.push_back(std::move(statement));
    return {};
  }

  Result<void> read_sid(const json::Value& value, Statement& statement) {
    const json::Value* sid = value.find("Sid");
    if (sid == nullptr) return {};
    if (!sid->is_string()) return syntax_error();
    statement.sid = sid->as_string();
    if (kind_ == DocumentKind::resource) return {};
    if (!std::ranges::all_of(statement.sid, [](char c) { return is_letter_or_digit(c); })) {
      return malformed(
          "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression "
          "[0-9A-Za-z]*");
    }
    if (!statement.sid.empty() && !sids_.insert(statement.sid).second) {
      return malformed("Statement IDs (SID) in a single policy must be unique.");
    }
    return {};
  }

  static Result<void> read_effect(const json::Value& value, Statement& statement) {
    const json::Value* effect = value.find("Effect");
    if (effect == nullptr) return malformed("Missing required field Effect");
    if (!effect->is_string()) return syntax_error();
    if (effect->as_string() == "Allow") {
      statement.effect = Effect::allow;
    } else if (effect->as_string() != "Deny") {
      return malformed(fmt::format("Invalid effect: {}", effect->as_string()));
    }
    return {};
  }

  // Which of the two members is there; both are too many.
  static Result<std::pair<Scope, const json::Value*>> choose(const json::Value& value, std::string_view these,
                                                             std::string_view others) {
    const json::Value* named = value.find(these);
    const json::Value* left_out = value.find(others);
    if (named != nullptr && left_out != nullptr) return syntax_error();
    if (named != nullptr) return std::pair(Scope::these, named);
    if (left_out != nullptr) return std::pair(Scope::all_but_these, left_out);
    return std::pair<Scope, const json::Value*>(Scope::absent, nullptr);
  }

  Result<void> read_principals(const json::Value& value, Statement& statement) {
    TRY_ASSIGN(const auto chosen, choose(value, "Principal", "NotPrincipal"));
    statement.principal_scope = chosen.first;
    if (kind_ == DocumentKind::identity) {
      if (chosen.first != Scope::absent) return malformed("Policy document should not specify a principal.");
      return {};
    }
    if (chosen.first == Scope::absent) return malformed("Missing required field Principal");
    const json::Value& principals = *chosen.second;
    if (principals.is_string()) {
      if (principals.as_string() != "*") return malformed("Invalid principal in policy.");
      statement.principals.push_back({PrincipalEntry::Kind::everyone, "*"});
      return {};
    }
    if (!principals.is_object() || principals.size() == 0) return syntax_error();
    for (const json::Member& member : principals.members()) TRY(read_principal(member, statement));
    return {};
  }

  static Result<void> read_principal(const json::Member& member, Statement& statement) {
    using Kind = PrincipalEntry::Kind;
    const Kind kind = member.key == "AWS" ? Kind::aws : member.key == "Service" ? Kind::service : Kind::other;
    if (kind == Kind::other && member.key != "Federated" && member.key != "CanonicalUser") {
      return malformed(fmt::format("Invalid principal in policy: \"{}\"", member.key));
    }
    TRY_ASSIGN(const auto texts, read_texts(member.value));
    for (const std::string_view text : texts) {
      const bool everyone = kind == Kind::aws && text == "*";
      if (text.empty() || (!everyone && text.contains('*')) ||
          (kind == Kind::aws && !everyone && !is_aws_principal(text))) {
        return malformed(fmt::format("Invalid principal in policy: \"{}\":\"{}\"", member.key, text));
      }
      statement.principals.push_back({everyone ? Kind::everyone : kind, std::string(text)});
    }
    return {};
  }

  // The number of an account, or an ARN of IAM or STS; the ids of what is deleted stay.
  static bool is_aws_principal(std::string_view text) {
    const bool is_number = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (is_number) return text.size() == 12;
    if (text.starts_with("arn:")) return text.contains(":iam::") || text.contains(":sts::");
    return (text.starts_with("AIDA") || text.starts_with("AROA")) && std::ranges::all_of(text, is_letter_or_digit);
  }

  Result<void> read_actions(const json::Value& value, Statement& statement) {
    TRY_ASSIGN(const auto chosen, choose(value, "Action", "NotAction"));
    statement.action_scope = chosen.first;
    if (chosen.first == Scope::absent) return malformed("Policy statement must contain actions.");
    TRY_ASSIGN(const auto texts, read_texts(*chosen.second));
    if (texts.empty()) return malformed("Policy statement must contain actions.");
    for (const std::string_view text : texts) {
      TRY(check_action(text));
      statement.actions.emplace_back(text, Variables::plain);
    }
    return {};
  }

  Result<void> check_action(std::string_view text) const {
    if (kind_ == DocumentKind::trust) {
      if (text.starts_with("sts:")) return {};
      return malformed("AssumeRole policy may only specify STS AssumeRole actions.");
    }
    if (text == "*") return {};
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0) {
      return malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }
    if (text.find(':', colon + 1) != std::string_view::npos) {
      return malformed("Actions/Condition can contain only one colon.");
    }
    const std::string_view vendor = text.substr(0, colon);
    if (!std::ranges::all_of(vendor, [](char c) { return is_letter_or_digit(c) || c == '-'; })) {
      return malformed(fmt::format("Vendor {} is not valid", vendor));
    }
    return {};
  }

  Result<void> read_resources(const json::Value& value, Statement& statement) const {
    TRY_ASSIGN(const auto chosen, choose(value, "Resource", "NotResource"));
    statement.resource_scope = chosen.first;
    if (kind_ == DocumentKind::trust) {
      if (chosen.first != Scope::absent) return malformed("Has prohibited field Resource");
      return {};
    }
    if (chosen.first == Scope::absent && kind_ == DocumentKind::resource) return {};
    if (chosen.first == Scope::absent) return malformed("Policy statement must contain resources.");
    TRY_ASSIGN(const auto texts, read_texts(*chosen.second));
    if (texts.empty()) return malformed("Policy statement must contain resources.");
    for (const std::string_view text : texts) {
      TRY(check_resource(text));
      statement.resources.emplace_back(text, variables_);
    }
    return {};
  }

  static Result<void> check_resource(std::string_view text) {
    if (text == "*") return {};
    if (!text.contains(':')) return malformed(fmt::format("Resource {} must be in ARN format or \"*\".", text));
    if (!text.starts_with("arn:") && !text.starts_with('*')) {
      return malformed(
          fmt::format("Partition \"{}\" is not valid for resource \"{}\".", text.substr(0, text.find(':')), text));
    }
    if (std::ranges::count(text, ':') < 5 && !text.contains('*')) return malformed("The policy failed legacy parsing");
    return {};
  }

  Result<void> read_conditions(const json::Value& value, Statement& statement) const {
    const json::Value* conditions = value.find("Condition");
    if (conditions == nullptr) return {};
    if (!conditions->is_object()) return syntax_error();
    for (const json::Member& block : conditions->members()) {
      const auto operation = read_operator(block.key);
      if (!operation) return malformed(fmt::format("Invalid Condition type : {}", block.key));
      if (!block.value.is_object()) return syntax_error();
      for (const json::Member& line : block.value.members()) {
        Condition condition = *operation;
        condition.key = line.key;
        TRY(read_values(line.value, condition));
        statement.conditions.push_back(std::move(condition));
      }
    }
    return {};
  }

  // Texts; numbers and truth values stand for what they are written as.
  Result<void> read_values(const json::Value& value, Condition& condition) const {
    const auto add = [&](const json::Value& one) {
      if (one.is_string()) {
        condition.values.emplace_back(one.as_string(), variables_);
      } else if (one.is_number()) {
        condition.values.emplace_back(one.lexeme(), Variables::plain);
      } else if (one.is_boolean()) {
        condition.values.emplace_back(one.as_boolean() ? "true" : "false", Variables::plain);
      } else {
        return false;
      }
      return true;
    };
    if (!value.is_array()) return add(value) ? Result<void>() : syntax_error();
    if (!std::ranges::all_of(value.elements(), add)) return syntax_error();
    return {};
  }

  DocumentKind kind_;
  Variables variables_ = Variables::plain;
  std::unordered_set<std::string> sids_;
};

}  // namespace

Result<Document> parse(std::string_view text, DocumentKind kind) {
  json::Arena arena;
  const auto root = json::parse(arena, text, {.max_depth = max_depth});
  if (!root) {
    return malformed(kind == DocumentKind::trust ? "This policy contains invalid Json" : "Syntax errors in policy.");
  }
  return Reader(kind).read(*root);
}

}  // namespace stepwell::policy
