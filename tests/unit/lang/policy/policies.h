#pragma once
// Short ways to say what the tests ask.

#include "lang/policy/evaluate.h"
#include "lang/policy/parse.h"

#include <string>

#include <gtest/gtest.h>

namespace stepwell::policy {

inline Document document(std::string_view text, DocumentKind kind = DocumentKind::identity) {
  auto parsed = parse(text, kind);
  EXPECT_TRUE(parsed.has_value()) << text << ": " << parsed.error().message;
  return parsed ? std::move(*parsed) : Document{};
}

// A document of one statement, of the newest version.
inline Document statement(const std::string& members) {
  return document(R"({"Version":"2012-10-17","Statement":[{)" + members + "}]}");
}

inline Verdict decide(const Document& policy, std::string_view action, std::string_view resource,
                      const Context& context = KnownContext()) {
  return evaluate(policy, {.action = action, .resource = resource, .context = context}).verdict;
}

// Whether a condition holds, as JSON.
inline bool holds(const std::string& condition, const Context& context) {
  const Document policy = statement(R"("Effect":"Allow","Action":"*","Resource":"*","Condition":)" + condition);
  return decide(policy, "a:B", "arn:aws:a:::b", context) == Verdict::allowed;
}

}  // namespace stepwell::policy
