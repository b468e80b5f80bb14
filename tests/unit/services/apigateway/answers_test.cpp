#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "services/apigateway/serving/access_log.h"
#include "services/apigateway/serving/address.h"
#include "services/apigateway/serving/cors.h"
#include "services/apigateway/serving/lambda_answer.h"
#include "services/apigateway/serving/lambda_event.h"

#include <gtest/gtest.h>

namespace stepwell::apigateway {
namespace {

TEST(Addresses, ByHostAndByPath) {
  const auto by_host = api_address("abc123.execute-api.us-east-1.amazonaws.com", "/dev/pets?a=1");
  ASSERT_TRUE(by_host);
  EXPECT_EQ(by_host->api, "abc123");
  EXPECT_EQ(by_host->target, "/dev/pets?a=1");
  EXPECT_TRUE(by_host->by_host);
  const auto by_path = api_address("localhost:4600", "/_aws/execute-api/abc123/dev/pets?a=1");
  ASSERT_TRUE(by_path);
  EXPECT_EQ(by_path->api, "abc123");
  EXPECT_EQ(by_path->target, "/dev/pets?a=1");
  EXPECT_EQ(api_address("localhost", "/_aws/execute-api/abc123")->target, "");
  EXPECT_EQ(api_address("localhost", "/_aws/execute-api/abc123?x")->target, "?x");
  EXPECT_FALSE(api_address("localhost", "/_aws/execute-api/"));
  EXPECT_FALSE(api_address("execute-api.us-east-1.amazonaws.com", "/"));
  EXPECT_FALSE(api_address("a.b.execute-api.us-east-1.amazonaws.com", "/"));
  EXPECT_FALSE(api_address("sqs.us-east-1.amazonaws.com", "/"));
}

TEST(LambdaAnswers, AreInferredInFormatTwo) {
  const auto text = lambda_answer(R"("Hello")", 2);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->status, 200);
  EXPECT_EQ(text->body, "Hello");
  EXPECT_EQ(text->headers.get("Content-Type"), "application/json");
  EXPECT_EQ(lambda_answer(R"({"a": 1})", 2)->body, R"({"a":1})");
  EXPECT_EQ(lambda_answer("null", 2)->body, "null");
  EXPECT_FALSE(lambda_answer("{", 2));
  EXPECT_FALSE(lambda_answer(R"("Hello")", 1));
  EXPECT_FALSE(lambda_answer(R"({"body": "x"})", 1));
}

TEST(LambdaAnswers, WithAFormat) {
  const auto made = lambda_answer(
      R"({"statusCode": "201", "headers": {"A": 1, "B": true, "Content-Length": "9"}, "cookies": ["c=1", "d=2"],
          "body": "AP8=", "isBase64Encoded": true})",
      2);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->status, 201);
  EXPECT_EQ(made->headers.get("A"), "1");
  EXPECT_EQ(made->headers.get("B"), "true");
  EXPECT_FALSE(made->headers.contains("Content-Length"));
  EXPECT_EQ(made->body, std::string("\0\xff", 2));
  EXPECT_EQ(made->headers.get("Content-Type"), "text/plain;charset=UTF-8");
  const auto many =
      lambda_answer(R"({"statusCode": 200, "headers": {"A": "0"}, "multiValueHeaders": {"A": ["1", "2"]}})", 1);
  ASSERT_TRUE(many);
  EXPECT_EQ(many->headers.fields()[0].second, "1");
  EXPECT_EQ(many->headers.fields()[1].second, "2");
}

TEST(LambdaAnswers, ThatAreNone) {
  for (const char* payload :
       {R"({"statusCode": 99})", R"({"statusCode": "x"})", R"({"statusCode": 200, "body": {}})",
        R"({"statusCode": 200, "headers": {"a b": "c"}})", R"({"statusCode": 200, "headers": {"a": "b\r\nc: d"}})",
        R"({"statusCode": 200, "headers": {"a": {}}})", R"({"statusCode": 200, "cookies": [1]})",
        R"({"statusCode": 200, "isBase64Encoded": true, "body": "?"})"}) {
    EXPECT_FALSE(lambda_answer(payload, 2)) << payload;
  }
}

TEST(Texts, ByTheirContentTypes) {
  for (const char* type : {"", "text/plain", "application/json; charset=utf-8", "application/vnd.api+json",
                           "image/svg+xml", "application/javascript"}) {
    EXPECT_TRUE(is_text(type)) << type;
  }
  for (const char* type : {"application/octet-stream", "image/png", "application/x-www-form-urlencoded"}) {
    EXPECT_FALSE(is_text(type)) << type;
  }
}

TEST(CrossOrigin, AnswersReplaceWhatTheBackendSays) {
  Cors cors;
  cors.origins = {"https://a.example", "http://*"};
  http::Response response;
  response.headers.add("Access-Control-Allow-Origin", "https://evil.example");
  response.headers.add("X-One", "1");
  http::Response same = response;
  add_cors(cors, "https://a.example", same);
  EXPECT_EQ(same.headers.get("access-control-allow-origin"), "https://a.example");
  http::Response other = response;
  add_cors(cors, "https://evil.example", other);
  EXPECT_FALSE(other.headers.contains("access-control-allow-origin"));
  EXPECT_EQ(other.headers.get("X-One"), "1");
  http::Response wild = response;
  add_cors(cors, "http://b.example", wild);
  EXPECT_EQ(wild.headers.get("access-control-allow-origin"), "http://b.example");
}

class Exchanges : public testing::Test {
 protected:
  Exchanges() {
    auto stage = std::make_shared<Stage>();
    stage->api = "abc123";
    stage->account = "123456789012";
    stage->region = "us-east-1";
    stage->name = "dev";
    stage->variables = {{"colour", "red"}};
    stage->routes.push_back({.key = *RouteKey::parse("POST /pets/{id}"), .text = "POST /pets/{id}"});
    stage->log =
        AccessLog{.group = "g",
                  .format = R"({"id": "$context.requestId", "status": $context.status, "x": "$context.no.thing."})"};
    exchange_.route = stage->routes.data();
    exchange_.stage = stage;
    exchange_.id = "id=";
    exchange_.time = Timestamp{Duration{1'583'348'638'390}};
    exchange_.domain = "abc123.execute-api.us-east-1.amazonaws.com";
    exchange_.raw_path = "/dev/pets/a%20b";
    exchange_.path = "/pets/a%20b";
    exchange_.query = "q=1&q=2";
    exchange_.parameters = {{"q", "1"}, {"q", "2"}};
    exchange_.variables = {{"id", "a b"}};
    exchange_.request.method = "POST";
    exchange_.request.host = exchange_.domain;
    exchange_.request.headers.add("Host", exchange_.domain);
    exchange_.request.peer = "192.0.2.1:4000";
    exchange_.request.headers.add("X-One", "1");
    exchange_.request.headers.add("x-one", "2");
    exchange_.request.body = R"({"a": {"b": [1, "two"]}})";
  }
  std::string find(std::string_view expression) {
    return exchange_.find(*Expression::parse(expression)).value_or("nothing");
  }
  json::Value event(int version) {
    text_ = integration_event(exchange_, version);
    return *json::parse(arena_, text_);
  }

  Exchange exchange_;
  json::Arena arena_;
  std::string text_;
};

TEST_F(Exchanges, WhatExpressionsFind) {
  EXPECT_EQ(find("request.header.X-ONE"), "1,2");
  EXPECT_EQ(find("request.querystring.q"), "1,2");
  EXPECT_EQ(find("request.querystring.Q"), "nothing");
  EXPECT_EQ(find("request.path"), "/pets/a%20b");
  EXPECT_EQ(find("request.path.id"), "a b");
  EXPECT_EQ(find("request.body.a.b[1]"), "two");
  EXPECT_EQ(find("request.body.a"), R"({"b":[1,"two"]})");
  EXPECT_EQ(find("request.body.c"), "nothing");
  EXPECT_EQ(find("stageVariables.colour"), "red");
  EXPECT_EQ(find("context.stage"), "dev");
  EXPECT_EQ(find("context.identity.sourceIp"), "192.0.2.1");
  EXPECT_EQ(find("context.requestTime"), "04/Mar/2020:19:03:58 +0000");
  EXPECT_EQ(find("context.nothing"), "nothing");
  exchange_.request.body = "{";
  EXPECT_EQ(find("request.body.a"), "nothing");
}

TEST_F(Exchanges, EventsOfFormatTwo) {
  const json::Value made = event(2);
  EXPECT_EQ(json::text_of(made, "rawPath"), "/dev/pets/a b");
  EXPECT_EQ(json::text_of(json::object_of(made, "headers"), "x-one"), "1,2");
  EXPECT_EQ(json::text_of(json::object_of(made, "queryStringParameters"), "q"), "1,2");
  EXPECT_EQ(json::text_of(json::object_of(made, "pathParameters"), "id"), "a b");
  const json::Value context = json::object_of(made, "requestContext");
  EXPECT_EQ(json::text_of(context, "time"), "04/Mar/2020:19:03:58 +0000");
  EXPECT_EQ(json::text_of(context, "domainPrefix"), "abc123");
  EXPECT_EQ(context.find("authorizer"), nullptr);
}

TEST_F(Exchanges, EventsTellWhoHasBeenLetIn) {
  exchange_.admitted.claims = *json::parse(exchange_.arena, R"({"sub": "ada"})");
  const json::Value jwt =
      json::object_of(json::object_of(json::object_of(event(2), "requestContext"), "authorizer"), "jwt");
  EXPECT_EQ(json::text_of(json::object_of(jwt, "claims"), "sub"), "ada");
  EXPECT_TRUE(jwt.find("scopes")->is_null());
  const json::Value one = json::object_of(json::object_of(event(1), "requestContext"), "authorizer");
  EXPECT_EQ(json::text_of(json::object_of(one, "claims"), "sub"), "ada");
}

TEST_F(Exchanges, AccessLogs) {
  const http::Response response{.status = 201, .headers = {}, .body = "x"};
  EXPECT_EQ(access_log_line(exchange_, response, Duration{5}), R"({"id": "id=", "status": 201, "x": "-."})");
}

}  // namespace
}  // namespace stepwell::apigateway
