// Who is told how asynchronous invocations ended.

#include "test_world.h"

#include <fmt/format.h>

namespace stepwell::lambda {
namespace {

constexpr std::string_view event_type = R"("InvocationType":"Event")";
constexpr std::string_view queues = "arn:aws:sqs:us-east-1:123456789012:";

Limits with_quick_retries() {
  Limits limits;
  limits.first_event_retry = Duration(1);
  limits.second_event_retry = Duration(1);
  return limits;
}

// Fails where it is told to.
constexpr const char* code =
    "def handler(event, context):\n    if event.get('fail'): raise ValueError('no')\n    return 5\n";

Answer put(TestWorld& world, std::string_view more) {
  return world.call("PutFunctionEventInvokeConfig", fmt::format(R"({{"FunctionName":"f",{}}})", more));
}

std::string to_queues() {
  return fmt::format(
      R"("DestinationConfig":{{"OnSuccess":{{"Destination":"{0}good"}},"OnFailure":{{"Destination":"{0}bad"}}}})",
      queues);
}

TEST(Destinations, AreToldOfSuccess) {
  TestWorld world;
  ASSERT_TRUE(world.create_python("f", code).ok);
  ASSERT_TRUE(put(world, to_queues()).ok);
  ASSERT_EQ(world.invoke("f", R"({"n":1})", event_type).status, 202);
  EXPECT_TRUE(world.log().wait_for(R"("condition":"Success","approximateInvokeCount":1},"requestPayload":{"n":1},)"
                                   R"("responseContext":{"statusCode":200,"executedVersion":"$LATEST"},)"
                                   R"("responsePayload":5})"));
  EXPECT_EQ(world.log().count("queue good:"), 1U);
  EXPECT_EQ(world.log().count("queue bad:"), 0U);
}

TEST(Destinations, AreToldOfFailureAndTheDeadLetterQueueGetsTheEvent) {
  TestWorld world(with_quick_retries());
  ASSERT_TRUE(world.create_python("f", code, fmt::format(R"("DeadLetterConfig":{{"TargetArn":"{}dead"}})", queues)).ok);
  ASSERT_TRUE(put(world, to_queues() + R"(,"MaximumRetryAttempts":1)").ok);
  ASSERT_EQ(world.invoke("f", R"({"fail":true})", event_type).status, 202);
  EXPECT_TRUE(world.log().wait_for(R"("condition":"RetriesExhausted","approximateInvokeCount":2})"));
  EXPECT_TRUE(world.log().wait_for(R"("functionError":"Unhandled"},"responsePayload":{"errorMessage":"no")"));
  EXPECT_EQ(world.log().count("queue bad:"), 1U);
  EXPECT_EQ(world.log().count(R"(queue dead: {"fail":true} {"RequestID")"), 1U);
  EXPECT_EQ(world.log().count(R"("ErrorMessage":{"DataType":"String","StringValue":"no"})"), 1U);
  EXPECT_EQ(world.log().count("has failed 2 times and is given up"), 1U);
}

TEST(Destinations, AreConfigured) {
  TestWorld world;
  ASSERT_TRUE(world.create_python("f", code).ok);
  const auto ask = [&](std::string operation) { return world.call(std::move(operation), R"({"FunctionName":"f"})"); };
  const Answer missing = ask("GetFunctionEventInvokeConfig");
  EXPECT_EQ(missing.error.code, "ResourceNotFoundException");
  EXPECT_EQ(missing.error.message,
            "The function arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST doesn't have an EventInvokeConfig");
  EXPECT_EQ(world.call("UpdateFunctionEventInvokeConfig", R"({"FunctionName":"f"})").error.code, missing.error.code);
  ASSERT_TRUE(put(world, R"("MaximumRetryAttempts":0)").ok);
  ASSERT_TRUE(
      world.call("UpdateFunctionEventInvokeConfig", R"({"FunctionName":"f","MaximumEventAgeInSeconds":60})").ok);
  const Answer shown = ask("GetFunctionEventInvokeConfig");
  EXPECT_TRUE(shown.output.contains(
      R"("FunctionArn":"arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST","MaximumRetryAttempts":0,)"
      R"("MaximumEventAgeInSeconds":60,"DestinationConfig":{"OnSuccess":{},"OnFailure":{}}})"))
      << shown.output;
  EXPECT_TRUE(ask("ListFunctionEventInvokeConfigs").output.contains("MaximumEventAgeInSeconds"));
  EXPECT_EQ(put(world, R"("DestinationConfig":{"OnFailure":{"Destination":"arn:aws:s3:us-east-1:123456789012:b"}})")
                .error.code,
            "InvalidParameterValueException");
  EXPECT_EQ(put(world, R"("MaximumRetryAttempts":3)").error.code, "ValidationException");
  ASSERT_TRUE(ask("DeleteFunctionEventInvokeConfig").ok);
  EXPECT_EQ(ask("DeleteFunctionEventInvokeConfig").error.code, missing.error.code);
  EXPECT_EQ(ask("ListFunctionEventInvokeConfigs").output, R"({"FunctionEventInvokeConfigs":[]})");
}

TEST(Destinations, GoWithTheFunction) {
  TestWorld world;
  ASSERT_TRUE(world.create_python("f", code).ok);
  ASSERT_TRUE(put(world, R"("MaximumRetryAttempts":0)").ok);
  ASSERT_TRUE(world.call("DeleteFunction", R"({"FunctionName":"f"})").ok);
  ASSERT_TRUE(world.create_python("f", code).ok);
  EXPECT_EQ(world.call("GetFunctionEventInvokeConfig", R"({"FunctionName":"f"})").error.code,
            "ResourceNotFoundException");
}

TEST(DeadLetters, GoToQueuesAndTopicsAlone) {
  TestWorld world;
  const Answer refused = world.create_python("f", code, R"("DeadLetterConfig":{"TargetArn":"arn:aws:s3:::b"})");
  EXPECT_EQ(refused.error.code, "InvalidParameterValueException");
}

}  // namespace
}  // namespace stepwell::lambda
