// The client of the Runtime API for Node.js, in real processes.

#include "test_world.h"

#include <gmock/gmock.h>

namespace stepwell::lambda {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

class Node : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_node()) GTEST_SKIP() << "node is not installed";
  }
  Answer run_files(std::string_view handler, const std::vector<ZipEntry>& files, std::string payload = "{}",
                   std::string_view more = {}) {
    world_.call("DeleteFunction", R"({"FunctionName":"f"})");
    const Answer created = world_.create("f", "nodejs20.x", handler, files);
    EXPECT_TRUE(created.ok) << created.error.message;
    return world_.invoke("f", std::move(payload), more);
  }
  Answer run(std::string code, std::string payload = "{}", std::string_view more = {}) {
    return run_files("index.handler", {{"index.js", std::move(code)}}, std::move(payload), more);
  }
  TestWorld world_;
};

TEST_F(Node, AnAsyncHandlerAnswersByItsPromise) {
  const Answer answer = run("exports.handler = async (event) => ({ got: event });", R"({"a":"ü"})");
  EXPECT_EQ(answer.payload, R"({"got":{"a":"ü"}})");
  EXPECT_EQ(answer.text("FunctionError"), "");
}

TEST_F(Node, ACallbackAnswersWhenTheEventLoopIsEmpty) {
  const Answer answer = run(R"(
let late = 0;
exports.handler = (event, context, callback) => {
  setTimeout(() => { late += 1; }, 50);
  callback(null, { late: () => 0, toJSON: () => late });
};)");
  EXPECT_EQ(answer.payload, "1");
  EXPECT_EQ(world_.invoke("f").payload, "2");
}

TEST_F(Node, ACallbackNeedNotWaitForTheEventLoop) {
  const Answer answer = run(R"(
exports.handler = (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false;
  setInterval(() => {}, 1000);
  setTimeout(() => callback(null, 'at once'), 5);
};)");
  EXPECT_EQ(answer.payload, R"("at once")");
  EXPECT_EQ(world_.invoke("f").payload, R"("at once")");
}

TEST_F(Node, AHandlerThatNeverAnswersGivesNull) {
  EXPECT_EQ(run("exports.handler = () => {};").payload, "null");
  EXPECT_EQ(run("exports.handler = async () => {};").payload, "null");
}

TEST_F(Node, ErrorsHaveLambdasShape) {
  const Answer answer = run(R"(
class PaymentError extends Error { constructor(m) { super(m); this.name = 'PaymentError'; } }
exports.handler = async () => { throw new PaymentError('declined'); };)",
                            "{}", R"("LogType":"Tail")");
  EXPECT_EQ(answer.text("FunctionError"), "Unhandled");
  EXPECT_THAT(
      answer.payload,
      MatchesRegex(
          R"(\{"errorType":"PaymentError","errorMessage":"declined","trace":\["PaymentError: declined","    at .*"\]\})"));
  EXPECT_THAT(
      answer.log(),
      MatchesRegex("(.*\n)*[^\t]*Z\t[-0-9a-f]{36}\tERROR\tInvoke Error\t\\{\"errorType\":\"PaymentError\".*\n(.*\n)*"));
  EXPECT_THAT(run("exports.handler = (e, c, callback) => callback(new TypeError('bad'));").payload,
              HasSubstr(R"({"errorType":"TypeError","errorMessage":"bad","trace":[)"));
  EXPECT_EQ(run("exports.handler = (e, c, callback) => callback('text');").payload,
            R"({"errorType":"string","errorMessage":"text","trace":[]})");
  EXPECT_THAT(run("exports.handler = () => { throw new RangeError('sync'); };").payload,
              HasSubstr(R"("errorType":"RangeError","errorMessage":"sync")"));
}

TEST_F(Node, ModulesOfBothKindsAreLoaded) {
  EXPECT_EQ(run_files("index.handler", {{"index.mjs", "export const handler = async () => 'esm';"}}).payload,
            R"("esm")");
  EXPECT_EQ(run_files("index.handler", {{"index.cjs", "exports.handler = async () => 'cjs';"}}).payload, R"("cjs")");
  EXPECT_EQ(
      run_files("index.handler", {{"index.js", "import fs from 'node:fs'; export const handler = async () => 'type';"},
                                  {"package.json", R"({"type":"module"})"}})
          .payload,
      R"("type")");
  EXPECT_EQ(run_files("src/app.api.handler",
                      {{"src/app.js", "const lib = require('../lib'); exports.api = { handler: async () => lib; };"},
                       {"lib/index.js", "module.exports = 7;"}})
                .text("FunctionError"),
            "Unhandled");
  EXPECT_EQ(run_files("src/app.api.handler",
                      {{"src/app.js", "const lib = require('../lib'); exports.api = { handler: async () => lib };"},
                       {"lib/index.js", "module.exports = 7;"}})
                .payload,
            "7");
}

TEST_F(Node, WhatKeepsAHandlerFromLoadingIsTold) {
  const auto type_and_message = [](Answer answer) {
    EXPECT_EQ(answer.text("FunctionError"), "Unhandled");
    answer.output = answer.payload;
    return answer.text("errorType") + ": " + answer.text("errorMessage");
  };
  EXPECT_THAT(type_and_message(run_files("other.handler", {{"index.js", ""}})),
              testing::StartsWith("Runtime.ImportModuleError: Error: Cannot find module 'other'\nRequire stack:\n"));
  EXPECT_THAT(type_and_message(run("require('not-there');")),
              testing::StartsWith("Runtime.ImportModuleError: Error: Cannot find module 'not-there'"));
  EXPECT_EQ(type_and_message(run("exports.other = 1;")),
            "Runtime.HandlerNotFound: index.handler is undefined or not exported");
  EXPECT_THAT(type_and_message(run("exports.handler = {;")),
              testing::StartsWith("Runtime.UserCodeSyntaxError: SyntaxError: "));
  EXPECT_THAT(type_and_message(run_files("index", {{"index.js", ""}})),
              testing::StartsWith("Runtime.MalformedHandlerName: "));
  EXPECT_EQ(type_and_message(run("throw new EvalError('at start');")), "EvalError: at start");
}

TEST_F(Node, TheContextKnowsTheInvocation) {
  const Answer answer = run(R"(
exports.handler = async (event, context) => {
  const left = context.getRemainingTimeInMillis();
  return [left > 2000 && left <= 3000, context.functionName, context.functionVersion, context.memoryLimitInMB,
          context.invokedFunctionArn, context.awsRequestId.length, context.logGroupName, context.clientContext];
};)",
                            "{}", R"("ClientContext":"eyJjdXN0b20iOnsiayI6InYifX0=")");
  EXPECT_EQ(
      answer.payload,
      R"([true,"f","$LATEST","128","arn:aws:lambda:us-east-1:123456789012:function:f",36,"/aws/lambda/f",{"custom":{"k":"v"}}])");
}

TEST_F(Node, TheConsoleWritesAwsLines) {
  const Answer answer =
      run("exports.handler = async () => { console.log('hello %s', 'you', { a: 1 }); };", "{}", R"("LogType":"Tail")");
  EXPECT_THAT(answer.log(),
              MatchesRegex("START (.*\n)*[^\t\n]*Z\t[-0-9a-f]{36}\tINFO\thello you \\{ a: 1 \\}\nEND (.*\n)*"));
}

TEST_F(Node, AnUncaughtErrorEndsTheProcessAndNothingElse) {
  const std::string code = R"(
let calls = 0;
exports.handler = (event, context, callback) => {
  calls += 1;
  if (event.fail) setTimeout(() => { throw new Error('nobody catches'); }, 1);
  else callback(null, calls);
};)";
  EXPECT_EQ(run(code).payload, "1");
  EXPECT_EQ(world_.invoke("f").payload, "2");
  const Answer failed = world_.invoke("f", R"({"fail":true})");
  EXPECT_EQ(failed.text("FunctionError"), "Unhandled");
  EXPECT_THAT(failed.payload, HasSubstr(R"("errorMessage":"nobody catches")"));
  EXPECT_EQ(world_.invoke("f").payload, "1");
}

TEST_F(Node, AnUnhandledRejectionIsNamed) {
  const Answer answer = run(R"(
exports.handler = async () => {
  Promise.reject(new Error('forgotten'));
  await new Promise((resolve) => setTimeout(resolve, 1000));
};)");
  EXPECT_THAT(answer.payload,
              HasSubstr(R"({"errorType":"Runtime.UnhandledPromiseRejection","errorMessage":"Error: forgotten")"));
}

TEST_F(Node, TheHeapStaysBelowTheMemorySize) {
  const Answer answer =
      run("exports.handler = async () => require('v8').getHeapStatistics().heap_size_limit / 1048576;");
  EXPECT_LT(std::stod(answer.payload), 200.0);
}

}  // namespace
}  // namespace stepwell::lambda
