// Bootstraps as people write them for AWS: a shell script and a Python program, unchanged.

#include "test_world.h"

#include <gmock/gmock.h>

namespace stepwell::lambda {
namespace {

using testing::HasSubstr;

// The one of AWS's own tutorial, in essence.
constexpr const char* shell_bootstrap = R"(#!/bin/sh
set -eu
while true; do
  headers=$(mktemp)
  event=$(curl -sS -LD "$headers" "http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation/next")
  id=$(grep -Fi Lambda-Runtime-Aws-Request-Id "$headers" | tr -d '[:space:]' | cut -d: -f2)
  echo "handling $event" >&2
  curl -sS -X POST "http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation/$id/response" -d "{\"echo\":$event}" > /dev/null
done
)";

// Asks, answers with what `reply` computes from the event, and checks what the API says.
std::string python_bootstrap(std::string_view body) {
  return fmt::format(R"(#!/usr/bin/python3
import http.client, json, os, sys
api = http.client.HTTPConnection(os.environ['AWS_LAMBDA_RUNTIME_API'])
def call(method, path, body=None):
    api.request(method, '/2018-06-01/runtime/' + path, body)
    response = api.getresponse()
    return response.status, response.headers, response.read().decode()
def respond(id, value):
    return call('POST', f'invocation/{{id}}/response', json.dumps(value))[0]
{})",
                     body);
}

class Provided : public testing::Test {
 protected:
  TestWorld world_;
};

TEST_F(Provided, AShellScriptRunsUnchanged) {
  ASSERT_TRUE(world_.create_provided("f", shell_bootstrap).ok);
  const Answer answer = world_.invoke("f", R"({"n":1})", R"("LogType":"Tail")");
  EXPECT_EQ(answer.payload, R"({"echo":{"n":1}})") << answer.log();
  EXPECT_THAT(answer.log(), HasSubstr("handling {\"n\":1}\nEND"));
  EXPECT_EQ(world_.invoke("f", "2").payload, R"({"echo":2})");
}

TEST_F(Provided, TheHeadersOfAnInvocationAreThere) {
  ASSERT_TRUE(world_
                  .create_provided("f", python_bootstrap(R"(
while True:
    status, headers, event = call('GET', 'invocation/next')
    id = headers['Lambda-Runtime-Aws-Request-Id']
    respond(id, [headers['Lambda-Runtime-Invoked-Function-Arn'], int(headers['Lambda-Runtime-Deadline-Ms']) > 0,
                 headers['Lambda-Runtime-Trace-Id'][:7], headers['Lambda-Runtime-Client-Context'], headers['Content-Type']])
)"))
                  .ok);
  EXPECT_EQ(
      world_.invoke("f", "{}", R"("ClientContext":"eyJjdXN0b20iOiAxfQ==")").payload,
      R"(["arn:aws:lambda:us-east-1:123456789012:function:f", true, "Root=1-", "{\"custom\":1}", "application/json"])");
}

TEST_F(Provided, WhatComesOutOfOrderIsRefused) {
  ASSERT_TRUE(world_
                  .create_provided("f", python_bootstrap(R"(
early = respond('00000000-0000-0000-0000-000000000000', 1)
while True:
    status, headers, event = call('GET', 'invocation/next')
    id = headers['Lambda-Runtime-Aws-Request-Id']
    again = call('GET', 'invocation/next')
    other = respond('00000000-0000-0000-0000-000000000000', 1)
    init = call('POST', 'init/error', '{}')[0]
    unknown = call('GET', 'invocation/nothing')[0]
    assert respond(id, [early, again[0], other, init, unknown, json.loads(again[2])]) == 202
    assert respond(id, 'twice') == 403
)"))
                  .ok);
  const std::string expected =
      R"([403, 403, 400, 403, 404, {"errorMessage": "State transition from Running to Ready failed for runtime. )"
      R"(Error: State transition is not allowed", "errorType": "InvalidStateTransition"}])";
  EXPECT_EQ(world_.invoke("f").payload.substr(4), expected.substr(4));
  // The second time round the early answer is not sent again.
  EXPECT_EQ(world_.invoke("f").payload.substr(4), expected.substr(4));
}

TEST_F(Provided, AnErrorOfItsOwnIsGivenOn) {
  ASSERT_TRUE(world_
                  .create_provided("f", python_bootstrap(R"(
while True:
    status, headers, event = call('GET', 'invocation/next')
    id = headers['Lambda-Runtime-Aws-Request-Id']
    call('POST', f'invocation/{id}/error', '{"errorType":"Mine","errorMessage":"said so"}')
)"))
                  .ok);
  const Answer answer = world_.invoke("f");
  EXPECT_EQ(answer.text("FunctionError"), "Unhandled");
  EXPECT_EQ(answer.payload, R"({"errorType":"Mine","errorMessage":"said so"})");
}

TEST_F(Provided, AnInitErrorIsTheAnswer) {
  ASSERT_TRUE(world_
                  .create_provided("f", python_bootstrap(R"(
call('POST', 'init/error', '{"errorType":"Init.Failed","errorMessage":"no database"}')
)"))
                  .ok);
  const Answer answer = world_.invoke("f");
  EXPECT_EQ(answer.text("FunctionError"), "Unhandled");
  EXPECT_EQ(answer.payload, R"({"errorType":"Init.Failed","errorMessage":"no database"})");
}

TEST_F(Provided, AnAnswerThatIsTooLargeIsRefused) {
  ASSERT_TRUE(world_
                  .create_provided("f", python_bootstrap(R"(
while True:
    status, headers, event = call('GET', 'invocation/next')
    status = respond(headers['Lambda-Runtime-Aws-Request-Id'], 'x' * 6291560)
    print('refused with', status, flush=True)
)"))
                  .ok);
  const Answer answer = world_.invoke("f");
  EXPECT_EQ(answer.text("FunctionError"), "Unhandled");
  EXPECT_THAT(answer.payload, HasSubstr(R"("errorType":"Function.ResponseSizeTooLarge")"));
  EXPECT_TRUE(world_.log().wait_for("f: refused with 413"));
}

TEST_F(Provided, WithoutABootstrapThereIsNothingToRun) {
  ASSERT_TRUE(world_.create("f", "provided.al2023", "x", {{"main", ""}}).ok);
  const Answer missing = world_.invoke("f");
  EXPECT_EQ(missing.text("FunctionError"), "Unhandled");
  EXPECT_THAT(missing.payload, HasSubstr(R"({"errorType":"Runtime.InvalidEntrypoint","errorMessage":"RequestId: )"));
  EXPECT_THAT(missing.payload, HasSubstr(" Error: Couldn't find valid bootstrap(s): ["));
  ASSERT_TRUE(world_.create("g", "provided.al2023", "x", {{"bootstrap", "#!/bin/sh\n"}}).ok);
  EXPECT_THAT(world_.invoke("g").payload, HasSubstr("bootstrap: permission denied"));
  ASSERT_TRUE(world_.create_provided("h", "\x7f no program").ok);
  EXPECT_THAT(world_.invoke("h").payload, HasSubstr("Runtime.InvalidEntrypoint"));
}

}  // namespace
}  // namespace stepwell::lambda
