// Asynchronous invocations.

#include "test_world.h"

#include <gmock/gmock.h>

namespace stepwell::lambda {
namespace {

constexpr std::string_view event_type = R"("InvocationType":"Event")";

Limits with_quick_retries() {
  Limits limits;
  limits.first_event_retry = Duration(1);
  limits.second_event_retry = Duration(1);
  return limits;
}

TEST(AsynchronousInvocations, AreAcceptedAndRun) {
  TestWorld world;
  ASSERT_TRUE(world.create_python("f", "def handler(event, context):\n    print('ran with', event['n'])\n").ok);
  for (int n = 0; n < 5; ++n) {
    const Answer accepted = world.invoke("f", fmt::format(R"({{"n":{}}})", n), event_type);
    EXPECT_EQ(accepted.status, 202);
    EXPECT_EQ(accepted.payload, "");
  }
  for (int n = 0; n < 5; ++n) EXPECT_TRUE(world.log().wait_for(fmt::format("ran with {}", n)));
}

TEST(AsynchronousInvocations, AreTriedThreeTimes) {
  TestWorld world(with_quick_retries());
  ASSERT_TRUE(world
                  .create_python("f",
                                 "def handler(event, context):\n    print('attempt', context.aws_request_id)\n    "
                                 "raise ValueError('no')\n")
                  .ok);
  ASSERT_EQ(world.invoke("f", "{}", event_type).status, 202);
  ASSERT_TRUE(world.log().wait_for("has failed 3 times and is given up"));
  EXPECT_EQ(world.log().count("f: attempt"), 3U);
}

TEST(AsynchronousInvocations, EndWithTheFirstSuccess) {
  TestWorld world(with_quick_retries());
  ASSERT_TRUE(world
                  .create_python("f", R"(
calls = 0
def handler(event, context):
    global calls
    calls += 1
    print('call', calls)
    if calls == 1: raise ValueError('not yet')
)")
                  .ok);
  ASSERT_EQ(world.invoke("f", R"({"first":true})", event_type).status, 202);
  ASSERT_TRUE(world.log().wait_for("f: call 2"));
  ASSERT_TRUE(world.log().wait_for("f: REPORT", 2));
  // Nothing of it is left that a new start would take up.
  world.restart();
  ASSERT_EQ(world.invoke("f").text("FunctionError"), "Unhandled");
  EXPECT_EQ(world.log().count("f: call 1"), 2U);
  EXPECT_EQ(world.log().count("f: call 2"), 1U);
}

TEST(AsynchronousInvocations, SurviveARestart) {
  TestWorld world;
  ASSERT_TRUE(world
                  .create_python("f", R"(
import pathlib, time
def handler(event, context):
    print('begun')
    while not pathlib.Path(event['gate']).exists(): time.sleep(0.005)
    print('ended', context.aws_request_id)
)",
                                 R"("Timeout":60)")
                  .ok);
  const auto gate = world.directory() / "gate";
  ASSERT_EQ(world.invoke("f", fmt::format(R"({{"gate":"{}"}})", gate.string()), event_type).status, 202);
  ASSERT_TRUE(world.log().wait_for("f: begun"));
  world.restart();
  ASSERT_TRUE(world.log().wait_for("f: begun", 2));
  std::filesystem::create_directory(gate);
  EXPECT_TRUE(world.log().wait_for("f: ended"));
}

TEST(AsynchronousInvocations, OfAFunctionThatIsGoneAreGivenUp) {
  TestWorld world({.first_event_retry = Duration(100)});
  ASSERT_TRUE(world.create_python("f", "def handler(event, context):\n    raise ValueError('no')\n").ok);
  ASSERT_EQ(world.invoke("f", "{}", event_type).status, 202);
  ASSERT_TRUE(world.log().wait_for("[ERROR] ValueError"));
  ASSERT_EQ(world.call("DeleteFunction", R"({"FunctionName":"f"})").status, 204);
  EXPECT_TRUE(world.log().wait_for("has failed 2 times and is given up"));
}

TEST(AsynchronousInvocations, AreBounded) {
  TestWorld world({.max_events = 2});
  ASSERT_TRUE(
      world.create_python("f", "import time\ndef handler(event, context):\n    time.sleep(60)\n", R"("Timeout":60)")
          .ok);
  EXPECT_EQ(world.invoke("f", "{}", event_type).status, 202);
  EXPECT_EQ(world.invoke("f", "{}", event_type).status, 202);
  EXPECT_EQ(world.invoke("f", "{}", event_type).error.code, "TooManyRequestsException");
}

}  // namespace
}  // namespace stepwell::lambda
