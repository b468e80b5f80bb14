#include "world.h"

namespace stepwell::events {
namespace {

TEST(ModelTest, CanBeRead) { EXPECT_EQ(model().service(), "events"); }

class EventsTest : public testing::Test, public World {};

TEST_F(EventsTest, EventsGoToTheTargetsOfTheRulesThatTheyFit) {
  rule("a", R"("EventPattern":"{\"source\":[\"x\"]}")");
  rule("b", R"("EventPattern":"{\"source\":[{\"prefix\":\"x\"}]}")");
  put("x");
  put("xy");
  put("y");
  EXPECT_EQ(arrived("a"), 1U);
  EXPECT_EQ(arrived("b"), 2U);
}

TEST_F(EventsTest, EverythingIsThereAfterACrash) {
  must("CreateEventBus", R"({"Name":"bus","Tags":[{"Key":"k","Value":"v"}]})");
  must("PutRule", R"({"Name":"on-bus","EventBusName":"bus","EventPattern":"{\"source\":[\"x\"]}"})");
  rule("a", R"("EventPattern":"{\"source\":[\"x\"]}")");
  must("CreateConnection", R"({"Name":"c","AuthorizationType":"API_KEY",
    "AuthParameters":{"ApiKeyAuthParameters":{"ApiKeyName":"k","ApiKeyValue":"v"}}})");
  reopen();
  EXPECT_EQ(must("DescribeRule", R"({"Name":"on-bus","EventBusName":"bus"})").find("State")->as_string(), "ENABLED");
  EXPECT_EQ(must("ListTagsForResource", R"({"ResourceARN":"arn:aws:events:us-east-1:123456789012:event-bus/bus"})")
                .find("Tags")
                ->size(),
            1U);
  EXPECT_EQ(must("DescribeConnection", R"({"Name":"c"})").find("ConnectionState")->as_string(), "AUTHORIZED");
  put("x");
  EXPECT_EQ(arrived("a"), 1U);
  must("DeleteRule", R"({"Name":"on-bus","EventBusName":"bus"})");
  must("DeleteEventBus", R"({"Name":"bus"})");
  reopen();
  EXPECT_EQ(refusal("DescribeEventBus", R"({"Name":"bus"})"), "ResourceNotFoundException");
}

TEST_F(EventsTest, AFoldedCallLeavesNothingBehindUntilItsBatchIsDurable) {
  rule("a", R"("EventPattern":"{\"source\":[\"x\"]}")");
  wire::Call call;
  call.caller = {.account = "123456789012", .region = "us-east-1", .access_key = {}, .request_id = "r"};
  call.input = *json::parse_copy(call.arena, R"({"Entries":[{"Source":"x","DetailType":"t","Detail":"{}"}]})");
  {
    store::Batch batch;
    EXPECT_TRUE(directory_->fold("events", "PutEvents", call, batch).has_value());
    EXPECT_FALSE(batch.empty());
  }
  EXPECT_EQ(arrived("a"), 0U);
  store::Batch batch;
  EXPECT_TRUE(directory_->fold("events", "PutEvents", call, batch).has_value());
  store_.commit(std::move(batch), [](const Result<void>&) {});
  scheduler_.run();
  EXPECT_EQ(arrived("a"), 1U);
}

TEST_F(EventsTest, OnlyTheServerItselfSaysThatEventsAreOfAws) {
  rule("a", R"("EventPattern":"{\"source\":[\"aws.states\"]}")");
  const auto fold = [&](std::string request_id) {
    wire::Call call;
    call.caller = {
        .account = "123456789012", .region = "us-east-1", .access_key = {}, .request_id = std::move(request_id)};
    call.input =
        *json::parse_copy(call.arena, R"({"Entries":[{"Source":"aws.states","DetailType":"t","Detail":"{}"}]})");
    store::Batch batch;
    const auto reply = directory_->fold("events", "PutEvents", call, batch);
    store_.commit(std::move(batch), [](const Result<void>&) {});
    return reply->output.find("FailedEntryCount")->as_integer();
  };
  EXPECT_EQ(fold("r"), 1);
  EXPECT_EQ(arrived("a"), 0U);
  EXPECT_EQ(fold(""), 0);
  EXPECT_EQ(arrived("a"), 1U);
}

constexpr std::string_view every_five_minutes = R"j("ScheduleExpression":"rate(5 minutes)")j";

TEST_F(EventsTest, RulesTick) {
  rule("a", every_five_minutes);
  pass(std::chrono::minutes(4));
  EXPECT_EQ(arrived("a"), 0U);
  pass(std::chrono::minutes(1));
  EXPECT_EQ(arrived("a"), 1U);
  pass(std::chrono::minutes(20));
  EXPECT_EQ(arrived("a"), 5U);
  must("DisableRule", R"({"Name":"a"})");
  pass(std::chrono::minutes(20));
  EXPECT_EQ(arrived("a"), 5U);
  must("EnableRule", R"({"Name":"a"})");
  pass(std::chrono::minutes(5));
  EXPECT_EQ(arrived("a"), 6U);
}

TEST_F(EventsTest, WhatIsDueWhileTheServerIsDownTicksOnce) {
  rule("a", every_five_minutes);
  pass(std::chrono::minutes(6));
  EXPECT_EQ(arrived("a"), 1U);
  clock_.advance(std::chrono::minutes(32));
  reopen();
  pass(Duration{1});
  EXPECT_EQ(arrived("a"), 2U);
  pass(std::chrono::minutes(3));
  EXPECT_EQ(arrived("a"), 3U);
  reopen();
  pass(Duration{1});
  EXPECT_EQ(arrived("a"), 3U);
}

TEST_F(EventsTest, ARuleThatIsPutAgainTicksOn) {
  rule("a", every_five_minutes);
  pass(std::chrono::minutes(4));
  must("PutRule", R"j({"Name":"a","ScheduleExpression":"rate(5 minutes)","Description":"the same"})j");
  pass(std::chrono::minutes(1));
  EXPECT_EQ(arrived("a"), 1U);
  must("PutRule", R"j({"Name":"a","ScheduleExpression":"rate(1 hour)"})j");
  pass(std::chrono::minutes(30));
  EXPECT_EQ(arrived("a"), 1U);
  pass(std::chrono::minutes(30));
  EXPECT_EQ(arrived("a"), 2U);
}

TEST_F(EventsTest, BusesThatSendToEachOtherComeToAnEnd) {
  must("CreateEventBus", R"({"Name":"bus"})");
  rule("a", R"("EventPattern":"{\"source\":[\"x\"]}")");
  must("PutTargets", R"({"Rule":"a","Targets":[
    {"Id":"self","Arn":"arn:aws:events:us-east-1:123456789012:event-bus/default"},
    {"Id":"other","Arn":"arn:aws:events:us-east-1:123456789012:event-bus/bus"},
    {"Id":"gone","Arn":"arn:aws:events:us-east-1:123456789012:event-bus/gone"}]})");
  must("PutRule", R"({"Name":"back","EventBusName":"bus","EventPattern":"{\"source\":[\"x\"]}"})");
  must("PutTargets", R"({"Rule":"back","EventBusName":"bus","Targets":[
    {"Id":"b","Arn":"arn:aws:events:us-east-1:123456789012:event-bus/default"},
    {"Id":"l","Arn":"arn:aws:logs:us-east-1:123456789012:log-group:a"}]})");
  put("x");
  EXPECT_EQ(arrived("a"), 2U);
}

TEST_F(EventsTest, ATokenIsAskedForWhenItIsNeeded) {
  must("CreateConnection", R"({"Name":"c","AuthorizationType":"OAUTH_CLIENT_CREDENTIALS","AuthParameters":{
    "OAuthParameters":{"AuthorizationEndpoint":"https://id/token","HttpMethod":"POST",
                       "ClientParameters":{"ClientID":"me","ClientSecret":"s&s"}}}})");
  const std::string arn(must("DescribeConnection", R"({"Name":"c"})").find("ConnectionArn")->as_string());
  const auto authorize = [&]() -> std::string {
    std::string header = "none";
    start(service_->connections().authorize(arn, {.url = "https://api/", .request = {}}),
          [&](auto done, const std::exception_ptr&) {
            header = *done ? std::string((**done).request.headers.get("authorization")) : (*done).error().code;
          });
    scheduler_.run();
    return header;
  };
  client_.answer = R"({"access_token":"one","expires_in":600})";
  EXPECT_EQ(authorize(), "Bearer one");
  EXPECT_EQ(client_.calls.front().request.body, "grant_type=client_credentials&client_id=me&client_secret=s%26s");
  client_.answer = R"({"access_token":"two","expires_in":600})";
  EXPECT_EQ(authorize(), "Bearer one");
  clock_.advance(std::chrono::minutes(10));
  EXPECT_EQ(authorize(), "Bearer two");
  must("DeauthorizeConnection", R"({"Name":"c"})");
  EXPECT_EQ(authorize(), "AuthorizationFailed");
  must("DeleteConnection", R"({"Name":"c"})");
  EXPECT_EQ(authorize(), "ResourceNotFoundException");
}

}  // namespace
}  // namespace stepwell::events
