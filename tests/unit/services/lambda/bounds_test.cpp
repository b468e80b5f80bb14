// Functions that hang, leak, flood or die, and the ones beside them.

#include "test_world.h"

#include <fstream>
#include <set>

#include <gmock/gmock.h>

namespace stepwell::lambda {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

// "R", "S", "T", …; "Z" also when there is no such process.
std::string state_of(int pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  std::string line;
  std::getline(file, line);
  const std::size_t name_end = line.rfind(')');
  return name_end == std::string::npos ? "Z" : line.substr(name_end + 2, 1);
}

bool wait_for_state(int pid, std::string_view state) {
  for (int tries = 0; state_of(pid) != state && tries < 1'000'000; ++tries) std::this_thread::yield();
  return state_of(pid) == state;
}

// Or only waits to be reaped.
bool wait_for_end(int pid) { return wait_for_state(pid, "Z"); }

class Bounds : public testing::Test {
 protected:
  void expect_others_work() {
    ASSERT_TRUE(world_.create_python("other", "def handler(event, context):\n    return 'fine'\n").ok);
    EXPECT_EQ(world_.invoke("other").payload, R"("fine")");
  }
  TestWorld world_;
};

TEST_F(Bounds, AFunctionThatHangsIsTimedOut) {
  ASSERT_TRUE(world_
                  .create_python("f",
                                 "import time, os\ndef handler(event, context):\n    print('pid', os.getpid())\n    if "
                                 "event: time.sleep(3600)\n    return 'done'\n",
                                 R"("Timeout":1)")
                  .ok);
  const Answer answer = world_.invoke("f", R"({"hang":true})", R"("LogType":"Tail")");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.text("FunctionError"), "Unhandled");
  EXPECT_THAT(
      answer.payload,
      MatchesRegex(
          R"(\{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: [-0-9a-f]{36} Error: Task timed out after 1.00 seconds"\})"));
  EXPECT_THAT(answer.log(),
              MatchesRegex("START (.*\n)*[^\n]*Z [-0-9a-f]{36} Task timed out after 1.00 seconds\n\nEND (.*\n)*"));
  EXPECT_EQ(world_.invoke("f").payload, R"("done")");
  expect_others_work();
}

TEST_F(Bounds, OthersAreServedWhileOneHangs) {
  ASSERT_TRUE(
      world_.create_python("f", "import time\ndef handler(event, context):\n    while True: pass\n", R"("Timeout":3)")
          .ok);
  auto hanging = world_.begin_invoke("f");
  expect_others_work();
  EXPECT_EQ(hanging.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  EXPECT_THAT(hanging.get().payload, HasSubstr("Sandbox.Timedout"));
}

TEST_F(Bounds, ATimeOutReachesTheWholeGroup) {
  ASSERT_TRUE(world_
                  .create_provided("f", R"(#!/bin/sh
curl -s "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next" > /dev/null
sleep 1000 &
echo "child $!."
wait
)",
                                   R"("Timeout":1)")
                  .ok);
  const std::string log = world_.invoke("f", "{}", R"("LogType":"Tail")").log();
  const std::size_t at = log.find("child ");
  ASSERT_NE(at, std::string::npos) << log;
  const int child = std::stoi(log.substr(at + 6));
  EXPECT_TRUE(wait_for_end(child));
}

TEST_F(Bounds, AFunctionThatDiesIsTold) {
  struct Case {
    const char* code;
    const char* message;
  };
  for (const Case& c : {
           Case{"os._exit(1)", "Runtime exited with error: exit status 1"},
           Case{"os._exit(0)", "Runtime exited without providing a reason"},
           Case{"sys.exit(7)", "Runtime exited with error: exit status 7"},
           Case{"os.kill(os.getpid(), 11)", "Runtime exited with error: signal: segmentation fault"},
           Case{"os.kill(os.getpid(), 9)", "Runtime exited with error: signal: killed"},
       }) {
    ASSERT_TRUE(
        world_.create_python("f", fmt::format("import os, sys\ndef handler(event, context):\n    {}\n", c.code)).ok);
    const Answer answer = world_.invoke("f", "{}", R"("LogType":"Tail")");
    EXPECT_EQ(answer.text("FunctionError"), "Unhandled");
    EXPECT_THAT(answer.payload,
                MatchesRegex(fmt::format(
                    R"(\{{"errorType":"Runtime.ExitError","errorMessage":"RequestId: [-0-9a-f]{{36}} Error: {}"\}})",
                    c.message)));
    EXPECT_THAT(answer.log(), HasSubstr(fmt::format("Error: {}\nRuntime.ExitError\nEND ", c.message)));
    ASSERT_EQ(world_.call("DeleteFunction", R"({"FunctionName":"f"})").status, 204);
  }
  expect_others_work();
}

TEST_F(Bounds, AFunctionThatDiesAtItsStartIsTold) {
  ASSERT_TRUE(world_.create_provided("f", "#!/bin/sh\necho going down\nexit 4\n").ok);
  const Answer answer = world_.invoke("f", "{}", R"("LogType":"Tail")");
  EXPECT_THAT(answer.payload, HasSubstr("Runtime exited with error: exit status 4"));
  EXPECT_THAT(answer.log(), HasSubstr("going down\n"));
}

TEST_F(Bounds, AnAnswerHoldsWhateverTheProcessDoesBehindIt) {
  ASSERT_TRUE(world_
                  .create_provided("f", R"(#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
id=$(curl -s -D - -o /dev/null "$api/next" | grep -i request-id | tr -d '[:space:]' | cut -d: -f2)
curl -s -o /dev/null "$api/$id/response" -d '"answered"'
exit 9
)")
                  .ok);
  for (int i = 0; i < 3; ++i) {
    const Answer answer = world_.invoke("f");
    EXPECT_EQ(answer.payload, R"("answered")");
    EXPECT_EQ(answer.text("FunctionError"), "");
  }
}

TEST_F(Bounds, AnAnswerDoesNotWaitForWorkBehindIt) {
  ASSERT_TRUE(world_
                  .create_provided("f", R"(#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
id=$(curl -s -D - -o /dev/null "$api/next" | grep -i request-id | tr -d '[:space:]' | cut -d: -f2)
curl -s -o /dev/null "$api/$id/response" -d '"answered"'
sleep 1000
)",
                                   R"("Timeout":900)")
                  .ok);
  EXPECT_EQ(world_.invoke("f").payload, R"("answered")");
}

TEST_F(Bounds, AFunctionThatLeaksIsKilled) {
  ASSERT_TRUE(
      world_
          .create_python(
              "f", "def handler(event, context):\n    hoard = []\n    while True: hoard.append(bytearray(8 << 20))\n",
              R"("Timeout":60)")
          .ok);
  const Answer answer = world_.invoke("f");
  EXPECT_EQ(answer.text("FunctionError"), "Unhandled");
  EXPECT_THAT(answer.payload, testing::AnyOf(HasSubstr("Runtime.OutOfMemory"), HasSubstr("MemoryError")));
  expect_others_work();
}

TEST_F(Bounds, WhatChildrenHoldCounts) {
  ASSERT_TRUE(world_
                  .create_python("f", R"(
import subprocess
def handler(event, context):
    subprocess.run(['/usr/bin/python3', '-c', 'x = bytearray(200 << 20)\nwhile True: pass'])
)",
                                 R"("Timeout":60)")
                  .ok);
  const Answer answer = world_.invoke("f", "{}", R"("LogType":"Tail")");
  EXPECT_THAT(answer.payload, HasSubstr("Runtime.OutOfMemory"));
  EXPECT_THAT(answer.log(), MatchesRegex("(.*\n)*REPORT .*Max Memory Used: (1[3-9]|[2-9][0-9])[0-9] MB(.*\n)*"));
}

TEST_F(Bounds, AFloodOfOutputIsBounded) {
  ASSERT_TRUE(
      world_
          .create_python(
              "f",
              "import sys\ndef handler(event, context):\n    while True: sys.stdout.write('flood ' * 20000 + '\\n')\n",
              R"("Timeout":2)")
          .ok);
  auto flood = world_.begin_invoke("f", "{}", R"("LogType":"Tail")");
  expect_others_work();
  const Answer answer = flood.get();
  EXPECT_THAT(answer.payload, HasSubstr("Sandbox.Timedout"));
  EXPECT_LE(answer.log().size(), 4'096U);
  EXPECT_THAT(answer.log(), HasSubstr("\nEND "));
  EXPECT_EQ(world_.log().count("is not logged"), 1U);
  EXPECT_LT(world_.log().bytes(), 200'000U);
}

TEST_F(Bounds, InvocationsRunAtTheSameTimeInProcessesOfTheirOwn) {
  const std::string code = R"(
import os, pathlib, time
def handler(event, context):
    meeting = pathlib.Path(event['meeting'])
    (meeting / str(os.getpid())).touch()
    while len(list(meeting.iterdir())) < 4: time.sleep(0.005)
    return os.getpid()
)";
  ASSERT_TRUE(world_.create_python("f", code, R"("Timeout":60)").ok);
  const auto meeting = world_.directory() / "meeting";
  std::filesystem::create_directory(meeting);
  std::vector<std::future<Answer>> calls;
  for (int i = 0; i < 4; ++i)
    calls.push_back(world_.begin_invoke("f", fmt::format(R"({{"meeting":"{}"}})", meeting.string())));
  std::set<std::string> pids;
  for (auto& call : calls) pids.insert(call.get().payload);
  EXPECT_EQ(pids.size(), 4U);
}

TEST(Concurrency, IsBoundedAndTheRestWaits) {
  TestWorld world({.max_processes_each = 2});
  ASSERT_TRUE(world.create_python("f", "import os\ndef handler(event, context):\n    return os.getpid()\n").ok);
  std::vector<std::future<Answer>> calls;
  for (int i = 0; i < 30; ++i) calls.push_back(world.begin_invoke("f"));
  std::set<std::string> pids;
  for (auto& call : calls) {
    const Answer answer = call.get();
    ASSERT_TRUE(answer.ok);
    pids.insert(answer.payload);
  }
  EXPECT_LE(pids.size(), 2U);
}

TEST(Concurrency, BeyondTheBoundOfTheAccountCallsAreRefused) {
  TestWorld world({.max_invocations = 3, .max_processes_each = 1});
  ASSERT_TRUE(world.create_python("f", "import time\ndef handler(event, context):\n    time.sleep(0.2)\n").ok);
  std::vector<std::future<Answer>> calls;
  for (int i = 0; i < 10; ++i) calls.push_back(world.begin_invoke("f"));
  int refused = 0;
  for (auto& call : calls) {
    const Answer answer = call.get();
    if (answer.ok) continue;
    EXPECT_EQ(answer.error.code, "TooManyRequestsException");
    ++refused;
  }
  EXPECT_EQ(refused, 7);
}

TEST(Concurrency, AnIdleProcessMakesRoomForAnotherFunction) {
  TestWorld world({.max_processes = 2});
  const std::string code = "import os\ndef handler(event, context):\n    return os.getpid()\n";
  for (const char* name : {"a", "b", "c"}) ASSERT_TRUE(world.create_python(name, code).ok);
  const std::string first = world.invoke("a").payload;
  const std::string second = world.invoke("b").payload;
  world.invoke("c");
  EXPECT_EQ(world.invoke("b").payload, second);
  EXPECT_NE(world.invoke("a").payload, first);
}

TEST(Concurrency, AProcessThatNobodyNeedsGoes) {
  TestWorld world({.idle_awake = Duration(1), .idle_life = Duration(1)});
  ASSERT_TRUE(world.create_python("f", "import os, atexit\ndef handler(event, context):\n    return os.getpid()\n").ok);
  const int pid = std::stoi(world.invoke("f").payload);
  EXPECT_TRUE(wait_for_end(pid));
  EXPECT_TRUE(world.invoke("f").ok);
}

TEST(Idleness, AFreeProcessStandsStillUntilItIsNeeded) {
  TestWorld world({.idle_awake = Duration(1)});
  ASSERT_TRUE(world
                  .create_python("f", R"(
import os, threading
def spin():
    while True: pass
threading.Thread(target=spin, daemon=True).start()
def handler(event, context):
    return os.getpid()
)")
                  .ok);
  const std::string pid = world.invoke("f").payload;
  EXPECT_TRUE(wait_for_state(std::stoi(pid), "T"));
  EXPECT_EQ(world.invoke("f").payload, pid);
  EXPECT_TRUE(wait_for_state(std::stoi(pid), "T"));
}

}  // namespace
}  // namespace stepwell::lambda
