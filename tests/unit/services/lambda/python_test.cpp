// The client of the Runtime API for Python, in real processes.

#include "test_world.h"

#include <gmock/gmock.h>

namespace stepwell::lambda {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

class Python : public testing::Test {
 protected:
  Answer run(std::string code, std::string payload = "{}", std::string_view more = {}) {
    const Answer created = world_.create_python("f", std::move(code));
    EXPECT_TRUE(created.ok) << created.error.message;
    return world_.invoke("f", std::move(payload), more);
  }
  TestWorld world_;
};

TEST_F(Python, GivesBackWhatTheHandlerReturns) {
  const Answer answer =
      run("def handler(event, context):\n    return {'got': event, 'ü': 1}\n", R"({"a":[1,2.5,null]})");
  ASSERT_TRUE(answer.ok) << answer.error.message;
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.text("ExecutedVersion"), "$LATEST");
  EXPECT_EQ(answer.text("FunctionError"), "");
  EXPECT_EQ(answer.payload, R"({"got": {"a": [1, 2.5, null]}, "ü": 1})");
}

TEST_F(Python, WithoutAPayloadTheEventIsAnEmptyObject) {
  EXPECT_EQ(run("def handler(event, context):\n    return event\n", "").payload, "{}");
}

TEST_F(Python, TheProcessStaysWarm) {
  const std::string code =
      "calls = 0\ndef handler(event, context):\n    global calls\n    calls += 1\n    return calls\n";
  EXPECT_EQ(run(code).payload, "1");
  for (int call = 2; call <= 20; ++call) EXPECT_EQ(world_.invoke("f").payload, std::to_string(call));
}

TEST_F(Python, AnExceptionHasLambdasShape) {
  const Answer answer =
      run("class Broken(Exception):\n    pass\ndef inner():\n    raise Broken('no \"luck\"')\n"
          "def handler(event, context):\n    inner()\n",
          "{}", R"("LogType":"Tail")");
  ASSERT_TRUE(answer.ok);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.text("FunctionError"), "Unhandled");
  EXPECT_THAT(answer.payload,
              MatchesRegex(R"(\{"errorMessage": "no \\"luck\\"", "errorType": "Broken", "requestId": "[-0-9a-f]{36}", )"
                           R"("stackTrace": \["  File \\".*app.py\\", line 6, in handler\\n    inner\(\)\\n", )"
                           R"("  File \\".*app.py\\", line 4, in inner\\n    raise Broken.*"\]\})"));
  EXPECT_THAT(answer.log(), HasSubstr("[ERROR] Broken: no \"luck\"\nTraceback (most recent call last):\n  File "));
  // The process is as good as before.
  EXPECT_EQ(world_.invoke("f").text("FunctionError"), "Unhandled");
}

TEST_F(Python, TheContextKnowsTheInvocation) {
  const Answer answer = run(
      R"(
def handler(event, context):
    assert 2000 < context.get_remaining_time_in_millis() <= 3000
    return [context.function_name, context.function_version, context.memory_limit_in_mb,
            context.invoked_function_arn, context.log_group_name, len(context.aws_request_id),
            context.client_context.custom, context.client_context.client.app_title]
)",
      "{}",
      R"("Qualifier":"$LATEST","ClientContext":"eyJjdXN0b20iOnsiayI6InYifSwiY2xpZW50Ijp7ImFwcF90aXRsZSI6InQifX0=")");
  EXPECT_EQ(answer.payload,
            R"(["f", "$LATEST", "128", "arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST", "/aws/lambda/f", )"
            R"(36, {"k": "v"}, "t"])");
}

TEST_F(Python, TheEnvironmentIsAwsAndTheFunctionsOnly) {
  ASSERT_TRUE(
      world_
          .create_python("f", "import os\ndef handler(event, context):\n    return dict(os.environ, cwd=os.getcwd())\n",
                         R"("Environment":{"Variables":{"STAGE":"test","PATH":"/mine:/usr/bin"}})")
          .ok);
  Answer answer = world_.invoke("f");
  answer.output = answer.payload;
  EXPECT_EQ(answer.text("STAGE"), "test");
  EXPECT_EQ(answer.text("PATH"), "/mine:/usr/bin");
  EXPECT_EQ(answer.text("AWS_REGION"), "us-east-1");
  EXPECT_EQ(answer.text("AWS_LAMBDA_FUNCTION_NAME"), "f");
  EXPECT_EQ(answer.text("AWS_LAMBDA_FUNCTION_VERSION"), "$LATEST");
  EXPECT_EQ(answer.text("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), "128");
  EXPECT_EQ(answer.text("AWS_EXECUTION_ENV"), "AWS_Lambda_python3.11");
  EXPECT_EQ(answer.text("AWS_ENDPOINT_URL"), "http://127.0.0.1:4600");
  EXPECT_EQ(answer.text("AWS_ACCESS_KEY_ID"), "access");
  EXPECT_EQ(answer.text("_HANDLER"), "app.handler");
  EXPECT_EQ(answer.text("cwd"), answer.text("LAMBDA_TASK_ROOT"));
  EXPECT_EQ(answer.text("HOME"), answer.text("TMPDIR"));
  EXPECT_THAT(answer.text("HOME"), HasSubstr(world_.directory().string()));
  EXPECT_THAT(answer.text("_X_AMZN_TRACE_ID"),
              MatchesRegex("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0"));
  EXPECT_EQ(answer.text("USER"), "");
}

TEST_F(Python, HandlersMayStandInFolders) {
  ASSERT_TRUE(world_
                  .create("f", "python3.11", "src/pkg/app.handler",
                          {{"src/pkg/app.py", "from lib import value\ndef handler(e, c):\n    return value\n"},
                           {"lib.py", "value = 42\n"}})
                  .ok);
  EXPECT_EQ(world_.invoke("f").payload, "42");
}

TEST_F(Python, WhatKeepsAHandlerFromLoadingIsTold) {
  struct Case {
    const char* handler;
    const char* code;
    const char* type;
    const char* message;
  };
  for (const Case& c : {
           Case{"nothing.handler", "", "Runtime.ImportModuleError",
                "Unable to import module 'nothing': No module named 'nothing'"},
           Case{"app.handler", "import missing_thing\n", "Runtime.ImportModuleError",
                "Unable to import module 'app': No module named 'missing_thing'"},
           Case{"app.other", "def handler(e, c): pass\n", "Runtime.HandlerNotFound",
                "Handler 'other' missing on module 'app'"},
           Case{"app", "", "Runtime.MalformedHandlerName", "Bad handler 'app': not enough values to unpack"},
           Case{"app.handler", "def handler(:\n", "Runtime.UserCodeSyntaxError", "Syntax error in module 'app': "},
           Case{"app.handler", "raise KeyError('start')\n", "KeyError", "'start'"},
       }) {
    ASSERT_TRUE(world_.create("f", "python3.11", c.handler, {{"app.py", c.code}}).ok);
    Answer answer = world_.invoke("f");
    EXPECT_EQ(answer.text("FunctionError"), "Unhandled") << c.handler;
    answer.output = answer.payload;
    EXPECT_EQ(answer.text("errorType"), c.type) << answer.payload;
    EXPECT_THAT(answer.text("errorMessage"), testing::StartsWith(c.message));
    ASSERT_EQ(world_.call("DeleteFunction", R"({"FunctionName":"f"})").status, 204);
  }
}

TEST_F(Python, ResultsThatAreNoJsonAreTold) {
  const Answer answer = run("def handler(event, context):\n    return {1, 2}\n");
  EXPECT_THAT(answer.payload, HasSubstr("Unable to marshal response: Object of type set is not JSON serializable"));
  EXPECT_THAT(answer.payload, HasSubstr("\"errorType\": \"Runtime.MarshalError\""));
}

TEST_F(Python, ResultsThatAreTooLargeAreTold) {
  const Answer answer = run("def handler(event, context):\n    return 'x' * 6300000\n", "{}");
  EXPECT_EQ(answer.text("FunctionError"), "Unhandled");
  EXPECT_THAT(answer.payload, HasSubstr("Function.ResponseSizeTooLarge"));
  EXPECT_THAT(answer.payload, HasSubstr("exceeded maximum allowed payload size (6291556 bytes)"));
}

TEST_F(Python, LargeEventsAndAnswersPass) {
  const std::string payload = '"' + std::string(6'000'000, 'x') + '"';
  EXPECT_EQ(run("def handler(event, context):\n    return event\n", payload).payload, payload);
}

TEST_F(Python, TheTailOfTheLogIsGivenToWhoAsks) {
  const Answer answer =
      run("import logging, sys\ndef handler(event, context):\n    print('printed')\n    logging.warning('warned')\n"
          "    print('raw', file=sys.stderr)\n",
          "{}", R"("LogType":"Tail")");
  const std::string log = answer.log();
  EXPECT_THAT(log,
              MatchesRegex("START RequestId: [-0-9a-f]{36} Version: \\$LATEST\n(.*\n)*END RequestId: [-0-9a-f]{36}\n"
                           "REPORT RequestId: .*\tDuration: [0-9.]+ ms\tBilled Duration: [0-9]+ ms\tMemory Size: 128 "
                           "MB\tMax Memory Used: [0-9]+ MB\tInit Duration: [0-9.]+ ms\t\n"));
  EXPECT_THAT(log, HasSubstr("\nprinted\n"));
  EXPECT_THAT(log, HasSubstr("\nraw\n"));
  EXPECT_THAT(log, MatchesRegex("(.*\n)*\\[WARNING\\]\t[^\t]*Z\t[-0-9a-f]{36}\twarned\n(.*\n)*"));
  EXPECT_TRUE(world_.log().wait_for("f: printed"));
  EXPECT_EQ(world_.invoke("f").text("LogResult"), "");
}

TEST_F(Python, TheTailIsFourKilobytes) {
  const Answer answer =
      run("def handler(event, context):\n    for i in range(10000): print('line', i)\n", "{}", R"("LogType":"Tail")");
  EXPECT_EQ(answer.log().size(), 4'096U);
  EXPECT_THAT(answer.log(), HasSubstr("line 9999\nEND "));
}

}  // namespace
}  // namespace stepwell::lambda
