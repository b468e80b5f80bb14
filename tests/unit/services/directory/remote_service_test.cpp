#include "services/directory/remote_service.h"

#include "../../wire/models.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "run_task.h"

#include <gtest/gtest.h>

namespace stepwell::directory {
namespace {

// Keeps what was sent and gives what it was told to.
class FakeClient final : public http::Client {
 public:
  Result<http::Response> answer = http::Response{};
  std::vector<http::Call> sent;

  Task<Result<http::Response>> send(http::Call call) override {
    sent.push_back(std::move(call));
    co_return answer;
  }
};

class FixedClock final : public Clock {
 public:
  Timestamp now() override { return *parse_rfc3339("2015-08-30T12:36:00Z"); }
};

struct Fixture {
  FakeClient client;
  FixedClock clock;
  wire::Call call;

  Result<wire::Reply> send(const wire::ApiModel& model, const char* operation, std::string_view input,
                           Endpoint endpoint) {
    RemoteService service(client, model, std::move(endpoint), clock);
    call.operation = model.operation(operation);
    call.input = *json::parse_copy(call.arena, input);
    call.caller.region = "us-east-1";
    return run(service.call(call));
  }
};

http::Response response_of(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

TEST(RemoteService, SendsCallsToItsUrl) {
  Fixture f;
  f.client.answer = response_of(200, R"({"arn":"a"})");
  const auto reply =
      f.send(wire::machines_model(), "Create", R"({"name":"n"})", {"http://127.0.0.1:9001", {}, {}, Duration(5000)});
  ASSERT_TRUE(reply);
  EXPECT_EQ(json::print(reply->output), R"({"arn":"a"})");
  ASSERT_EQ(f.client.sent.size(), 1U);
  EXPECT_EQ(f.client.sent[0].url, "http://127.0.0.1:9001/");
  EXPECT_EQ(f.client.sent[0].timeout, Duration(5000));
  EXPECT_EQ(f.client.sent[0].request.body, R"({"name":"n"})");
  EXPECT_FALSE(f.client.sent[0].request.headers.contains("Authorization"));
}

TEST(RemoteService, KeepsThePathOfItsUrl) {
  for (const char* url : {"http://localhost/base", "http://localhost/base/"}) {
    Fixture f;
    ASSERT_TRUE(f.send(wire::functions_model(), "Get", R"({"Name":"a b","Limit":3})", {url, {}, {}}));
    EXPECT_EQ(f.client.sent[0].url, "http://localhost/base/v1/functions/a%20b?limit=3");
  }
}

TEST(RemoteService, SignsWithItsCredentials) {
  Fixture f;
  const wire::Credentials credentials{"AKIDEXAMPLE", "secret", ""};
  ASSERT_TRUE(f.send(wire::machines_model(), "Ping", "{}", {"https://host.example/x", credentials, {}}));
  http::Request request = f.client.sent[0].request;
  EXPECT_EQ(request.host, "host.example");
  EXPECT_EQ(request.target, "/x/");
  const auto secret = [](std::string_view) { return std::optional<std::string>("secret"); };
  EXPECT_TRUE(wire::verify_signature(request, secret, f.clock.now()));
  EXPECT_EQ(wire::read_signature(request).value()->service, "machines");
}

TEST(RemoteService, OnlyHostsOfAwsHavePrefixes) {
  const auto model = wire::load_model(R"({"service": "machines", "protocol": "json", "targetPrefix": "M",
    "operations": {"Run": {"hostPrefix": "sync-"}}, "shapes": {}})");
  for (const auto& [url, sent] : std::vector<std::pair<std::string, std::string>>{
           {"https://states.eu-west-1.amazonaws.com", "https://sync-states.eu-west-1.amazonaws.com/"},
           {"http://localhost:4600", "http://localhost:4600/"}}) {
    Fixture f;
    ASSERT_TRUE(f.send(*model, "Run", "{}", {url, {}, {}}));
    EXPECT_EQ(f.client.sent[0].url, sent);
  }
}

TEST(RemoteService, AFunctionsErrorIsAReply) {
  Fixture f;
  http::Response response = response_of(200, R"({"errorType":"E","errorMessage":"m"})");
  response.headers.add("X-Function-Error", "Unhandled");
  response.headers.add("x-amzn-RequestId", "theirs");
  f.client.answer = response;
  const auto reply = f.send(wire::functions_model(), "Invoke", R"({"Name":"f"})", {"http://h", {}, {}});
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->payload, R"({"errorType":"E","errorMessage":"m"})");
  EXPECT_EQ(json::print(reply->output), R"({"StatusCode":200,"FunctionError":"Unhandled"})");
  EXPECT_EQ(f.call.caller.request_id, "theirs");
}

TEST(RemoteService, ErrorsComeBackAsTheyWereSaid) {
  Fixture f;
  http::Response response = response_of(404, R"({"Type":"User","Message":"Function not found: f"})");
  response.headers.add("x-amzn-ErrorType", "NotFound");
  f.client.answer = response;
  const auto reply = f.send(wire::functions_model(), "Invoke", R"({"Name":"f"})", {"http://h", {}, {}});
  EXPECT_EQ(reply.error(), (Error{Fault::client, "NotFound", "Function not found: f", "", 404}));
}

TEST(RemoteService, ErrorsOfTheConnectionPass) {
  Fixture f;
  f.client.answer = fail({Fault::server, "ConnectionFailed", "refused", "", 0});
  const auto reply = f.send(wire::machines_model(), "Ping", "{}", {"http://h", {}, {}});
  EXPECT_EQ(reply.error().code, "ConnectionFailed");
}

TEST(RemoteService, WhatCannotBeSentIsNot) {
  Fixture f;
  EXPECT_FALSE(f.send(wire::functions_model(), "Invoke", R"({"Name":"f","Kind":"a\nb"})", {"http://h", {}, {}}));
  EXPECT_TRUE(f.client.sent.empty());
}

}  // namespace
}  // namespace stepwell::directory
