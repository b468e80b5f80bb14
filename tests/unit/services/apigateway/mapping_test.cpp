#include "lang/json/parse.h"
#include "services/apigateway/integration.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::apigateway {
namespace {

// Every value is its expression, but those of one that is missing.
class Said final : public Values {
 public:
  std::optional<std::string> find(const Expression& expression) const override {
    if (expression.name == "missing") return std::nullopt;
    const std::string path = expression.path ? std::string(expression.path->text()) : "";
    return fmt::format("<{}:{}{}>", static_cast<int>(expression.source), expression.name, path);
  }
};

std::string filled(std::string_view text) {
  const auto made = Template::parse(text);
  if (!made) return "refused";
  return made->fill(Said()).value_or("nothing");
}

TEST(Templates, Filled) {
  EXPECT_EQ(filled("plain"), "plain");
  EXPECT_EQ(filled("it costs $5"), "it costs $5");
  EXPECT_EQ(filled(""), "");
  EXPECT_EQ(filled("$request.header.X-One"), "<0:X-One>");
  EXPECT_EQ(filled("$request.querystring.a"), "<1:a>");
  EXPECT_EQ(filled("$request.path"), "<2:>");
  EXPECT_EQ(filled("$request.path.id"), "<3:id>");
  EXPECT_EQ(filled("$request.body"), "<4:>");
  EXPECT_EQ(filled("$request.body.a.b[0]"), "<4:$.a.b[0]>");
  EXPECT_EQ(filled("$response.header.a"), "<5:a>");
  EXPECT_EQ(filled("$response.body.a"), "<6:$.a>");
  EXPECT_EQ(filled("$context.requestId"), "<7:requestId>");
  EXPECT_EQ(filled("$stageVariables.url"), "<8:url>");
  EXPECT_EQ(filled("a-${request.path.id}-${context.stage}!"), "a-<3:id>-<7:stage>!");
  EXPECT_EQ(filled("${request.path.id}"), "<3:id>");
  EXPECT_EQ(filled("$request.header.missing"), "nothing");
  EXPECT_EQ(filled("a${request.header.missing}b"), "ab");
}

TEST(Templates, Refused) {
  for (const char* text : {"$request.hat", "$request.header.", "$request.body..a", "$request.body.a[?(@.b)]",
                           "$request.bodyguard", "a${request.path.id", "${nothing.a}", "$context.a b"}) {
    EXPECT_EQ(filled(text), "refused") << text;
  }
}

std::string integration_fault(std::string_view text) {
  json::Arena arena;
  const auto made = Integration::read(*json::parse(arena, text));
  return made ? "" : made.error().code + ": " + made.error().message;
}

TEST(Integrations, FunctionsByTheirUris) {
  constexpr std::string_view arn = "arn:aws:lambda:us-east-1:123456789012:function:f";
  EXPECT_EQ(function_of_uri(arn), arn);
  EXPECT_EQ(
      function_of_uri(fmt::format("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{}/invocations", arn)),
      arn);
  EXPECT_EQ(function_of_uri("https://example.com"), "");
  EXPECT_EQ(function_of_uri("arn:aws:apigateway:us-east-1:sqs:path/x"), "");
}

TEST(Integrations, Changes) {
  json::Arena arena;
  const auto map = json::parse(arena, R"({"remove:header.a": "''", "append:header.b": "$request.header.a",
                                          "overwrite:path": "/p", "overwrite:querystring.c": "d"})");
  const auto changes = read_changes(*map, Direction::request);
  ASSERT_TRUE(changes);
  ASSERT_EQ(changes->size(), 4U);
  EXPECT_EQ(changes->back().action, Change::Action::remove);
  EXPECT_EQ(changes->front().name, "b");
}

TEST(Integrations, Refused) {
  EXPECT_EQ(integration_fault(R"({"integrationType": "HTTP_PROXY", "integrationMethod": "ANY",
                                  "integrationUri": "https://example.com"})"),
            "");
  EXPECT_EQ(integration_fault(R"({"integrationType": "HTTP_PROXY", "integrationUri": "https://example.com"})"),
            "BadRequestException: Enumeration value for HttpMethod must be non-empty");
  EXPECT_EQ(integration_fault(R"({"integrationType": "AWS_PROXY", "integrationSubtype": "SQS-PurgeQueue",
                                  "credentialsArn": "arn:aws:iam::123456789012:role/r", "requestParameters": {}})"),
            "BadRequestException: Parameter: QueueUrl is required for Operation: SQS-PurgeQueue.");
}

}  // namespace
}  // namespace stepwell::apigateway
