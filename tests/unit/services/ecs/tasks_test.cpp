// The life of tasks.
#include "world.h"

namespace stepwell::ecs {
namespace {

TEST_F(EcsTest, ATaskRunsToItsEnd) {
  define("job", R"({"name":"main","image":"busybox","command":["true"]})");
  const std::string arn = run("job", R"(,"startedBy":"me")");
  EXPECT_TRUE(arn.starts_with("arn:aws:ecs:us-east-1:123456789012:task/default/"));
  EXPECT_EQ(status(arn), "RUNNING");
  EXPECT_EQ(json::text_of(task(arn), "startedBy"), "me");
  EXPECT_EQ(json::text_of(task(arn), "group"), "family:job");
  containers_.end("main", 0);
  scheduler_.run();
  EXPECT_EQ(status(arn), "STOPPED");
  EXPECT_EQ(json::text_of(task(arn), "stopCode"), "EssentialContainerExited");
  EXPECT_EQ(json::text_of(task(arn), "stoppedReason"), "Essential container in task exited");
  EXPECT_EQ(exit_code(arn, "main"), 0);
  EXPECT_TRUE(containers_.all.empty()) << "nothing is left in the engine";
}

TEST_F(EcsTest, AContainerIsWhatItsDefinitionAndOverridesSay) {
  define("job", R"({"name":"main","image":"busybox","entryPoint":["sh"],"command":["-c","true"],"user":"7",
                    "workingDirectory":"/w","environment":[{"name":"A","value":"1"},{"name":"B","value":"2"}]})");
  run("job", R"(,"overrides":{"containerOverrides":[{"name":"main","command":["-c","false"],
                 "environment":[{"name":"B","value":"3"},{"name":"AWS_REGION","value":"mine"}]}]})");
  const containers::Spec& spec = containers_.find("main").spec;
  EXPECT_EQ(spec.entry_point, std::vector<std::string>{"sh"});
  EXPECT_EQ(spec.command, (std::vector<std::string>{"-c", "false"}));
  EXPECT_EQ(spec.user, "7");
  EXPECT_EQ(spec.working_directory, "/w");
  EXPECT_EQ(spec.memory_bytes, 512U << 20U);
  EXPECT_EQ(spec.cpus, 0.25);
  const std::map<std::string, std::string> environment(spec.environment.begin(), spec.environment.end());
  EXPECT_EQ(environment.size(), spec.environment.size());
  EXPECT_EQ(environment.at("A"), "1");
  EXPECT_EQ(environment.at("B"), "3");
  EXPECT_EQ(environment.at("AWS_REGION"), "mine");
  EXPECT_EQ(environment.at("AWS_ENDPOINT_URL"), "http://here");
  EXPECT_EQ(environment.at("AWS_ACCESS_KEY_ID"), "key");
}

TEST_F(EcsTest, WhatIsAnsweredRunsAfterACrash) {
  define("job", R"({"name":"main","image":"busybox"})");
  const std::string arn = run("job");
  crash();
  EXPECT_EQ(containers_.begun.size(), 1U);
  containers_.end("main", 5);
  scheduler_.run();
  EXPECT_EQ(status(arn), "STOPPED");
  EXPECT_EQ(exit_code(arn, "main"), 5);
}

TEST_F(EcsTest, WhatEndedWhileNobodyWasThereIsToldAfterwards) {
  define("job", R"({"name":"main","image":"busybox"})");
  const std::string arn = run("job");
  containers_.forget_everybody();
  containers_.end("main", 3);
  crash();
  EXPECT_EQ(status(arn), "STOPPED");
  EXPECT_EQ(exit_code(arn, "main"), 3);
}

TEST_F(EcsTest, AContainerThatIsGoneEndsItsTask) {
  define("job", R"({"name":"main","image":"busybox"})");
  const std::string arn = run("job");
  containers_.forget_everybody();
  containers_.all.clear();
  crash();
  EXPECT_EQ(status(arn), "STOPPED");
  EXPECT_EQ(exit_code(arn, "main"), -1);
  EXPECT_EQ(json::text_of(container(arn, "main"), "reason"), "It is gone.");
}

TEST_F(EcsTest, WaitsForAnEngineThatIsAway) {
  define("job", R"({"name":"main","image":"busybox"})");
  const std::string arn = run("job");
  containers_.gone = Error{.fault = Fault::server, .code = "ContainersUnavailable", .message = "away"};
  crash();
  pass(std::chrono::minutes(5));
  EXPECT_EQ(status(arn), "RUNNING");
  containers_.gone.reset();
  containers_.end("main", 0);
  pass(std::chrono::minutes(1));
  EXPECT_EQ(status(arn), "STOPPED");
  EXPECT_EQ(exit_code(arn, "main"), 0);
}

TEST_F(EcsTest, SaysWhatToDoWithoutAnEngine) {
  define("job", R"({"name":"main","image":"busybox"})");
  containers_.gone = Error{.fault = Fault::server, .code = "ContainersUnavailable", .message = "Install podman."};
  const Error refusal = error("RunTask", R"({"taskDefinition":"job"})");
  EXPECT_EQ(refusal.code, "InvalidParameterException");
  EXPECT_EQ(refusal.message, "No Container Instances were found in your cluster. Install podman.");
}

TEST_F(EcsTest, WhatCannotStartSaysWhy) {
  define("job", R"({"name":"main","image":"missing"})");
  containers_.refused["missing"] = {.code = "ImageNotFound", .message = "no such image"};
  const std::string arn = run("job");
  EXPECT_EQ(status(arn), "STOPPED");
  EXPECT_EQ(json::text_of(task(arn), "stopCode"), "TaskFailedToStart");
  EXPECT_EQ(json::text_of(task(arn), "stoppedReason"), "CannotPullContainerError: no such image");
  EXPECT_EQ(json::text_of(container(arn, "main"), "reason"), "CannotPullContainerError: no such image");
  EXPECT_EQ(exit_code(arn, "main"), -1);
}

TEST_F(EcsTest, IsStoppedByItsUser) {
  define("job", R"({"name":"main","image":"busybox","stopTimeout":5})");
  const std::string arn = run("job");
  call("StopTask", fmt::format(R"({{"task":"{}","reason":"enough"}})", arn));
  scheduler_.run();
  EXPECT_EQ(status(arn), "STOPPED");
  EXPECT_EQ(json::text_of(task(arn), "stopCode"), "UserInitiated");
  EXPECT_EQ(json::text_of(task(arn), "stoppedReason"), "enough");
  EXPECT_EQ(exit_code(arn, "main"), 143);
  ASSERT_EQ(containers_.stopped.size(), 1U);
  EXPECT_TRUE(containers_.stopped[0].ends_with("-main 5000"));
  EXPECT_EQ(json::text_of(*call("StopTask", fmt::format(R"({{"task":"{}"}})", arn)).find("task"), "stoppedReason"),
            "enough");
  EXPECT_EQ(error("StopTask", R"({"task":"unknown"})").code, "InvalidParameterException");
}

TEST_F(EcsTest, AStopThatWasAnsweredIsDoneAfterACrash) {
  define("job", R"({"name":"main","image":"busybox"})");
  const std::string arn = run("job");
  containers_.stops = false;
  const json::Value answer = call("StopTask", fmt::format(R"({{"task":"{}"}})", arn));
  EXPECT_EQ(json::text_of(*answer.find("task"), "desiredStatus"), "STOPPED");
  EXPECT_EQ(status(arn), "RUNNING");
  containers_.stops = true;
  crash();
  EXPECT_EQ(status(arn), "STOPPED");
  EXPECT_EQ(json::text_of(task(arn), "stopCode"), "UserInitiated");
}

TEST_F(EcsTest, OthersAreStoppedWithAnEssentialContainer) {
  define("job", R"({"name":"main","image":"busybox"},{"name":"helper","image":"busybox","essential":false})");
  const std::string arn = run("job");
  containers_.end("helper", 1);
  scheduler_.run();
  EXPECT_EQ(status(arn), "RUNNING");
  containers_.end("main", 0);
  scheduler_.run();
  EXPECT_EQ(status(arn), "STOPPED");
  EXPECT_EQ(exit_code(arn, "helper"), 1);

  const std::string second = run("job");
  containers_.end("main", 0);
  scheduler_.run();
  EXPECT_EQ(status(second), "STOPPED");
  EXPECT_EQ(exit_code(second, "helper"), 143);
}

TEST_F(EcsTest, ContainersWaitForOthers) {
  define("job", R"({"name":"main","image":"busybox","dependsOn":[{"containerName":"setup","condition":"SUCCESS"},
                                                                 {"containerName":"side","condition":"START"}]},
                   {"name":"setup","image":"busybox","essential":false},
                   {"name":"side","image":"busybox","essential":false,
                    "dependsOn":[{"containerName":"setup","condition":"COMPLETE"}]})");
  const std::string arn = run("job");
  EXPECT_EQ(containers_.begun.size(), 1U);
  EXPECT_EQ(status(arn), "PENDING");
  containers_.end("setup", 0);
  scheduler_.run();
  ASSERT_EQ(containers_.begun.size(), 3U);
  EXPECT_TRUE(containers_.begun[1].ends_with("-side"));
  EXPECT_TRUE(containers_.begun[2].ends_with("-main"));
  EXPECT_EQ(status(arn), "RUNNING");

  const std::string second = run("job");
  containers_.end("main", 0);
  scheduler_.run();
  containers_.end("setup", 1);
  scheduler_.run();
  EXPECT_EQ(status(second), "STOPPED");
  EXPECT_EQ(json::text_of(task(second), "stopCode"), "TaskFailedToStart");
}

TEST_F(EcsTest, WhatIsWrittenIsInTheLogOnce) {
  define("job", R"({"name":"main","image":"busybox","logConfiguration":{"logDriver":"awslogs","options":
                     {"awslogs-group":"g","awslogs-stream-prefix":"p","awslogs-create-group":"true"}}})");
  const std::string arn = run("job");
  containers_.write("main", "one");
  containers_.write("main", "");
  pass(std::chrono::seconds(1));
  EXPECT_EQ(arrived("g"), 1U);
  crash();
  containers_.write("main", "two");
  containers_.end("main", 0);
  pass(std::chrono::seconds(1));
  EXPECT_EQ(status(arn), "STOPPED");
  const std::string stream = "p/main/" + arn.substr(arn.rfind('/') + 1);
  const json::Value events =
      must("GetLogEvents", fmt::format(R"({{"logGroupName":"g","logStreamName":"{}"}})", stream), "logs");
  ASSERT_EQ(json::elements_of(events, "events").size(), 2U);
  EXPECT_EQ(json::text_of(json::elements_of(events, "events")[1], "message"), "two");
}

TEST_F(EcsTest, ALogGroupThatIsNotThereIsAReason) {
  define("job", R"({"name":"main","image":"busybox","logConfiguration":{"logDriver":"awslogs","options":
                     {"awslogs-group":"g","awslogs-stream-prefix":"p"}}})");
  const std::string arn = run("job");
  EXPECT_EQ(status(arn), "STOPPED");
  EXPECT_TRUE(json::text_of(task(arn), "stoppedReason").starts_with("ResourceInitializationError: "));
}

TEST_F(EcsTest, TellsEveryStatusOnce) {
  rule("r", R"("EventPattern":"{\"source\":[\"aws.ecs\"],\"detail-type\":[\"ECS Task State Change\"]}")");
  rule("ends", R"("EventPattern":"{\"source\":[\"aws.ecs\"],\"detail\":{\"lastStatus\":[\"STOPPED\"]}}")");
  define("job", R"({"name":"main","image":"busybox"})");
  const std::string arn = run("job");
  containers_.end("main", 0);
  scheduler_.run();
  EXPECT_GE(arrived("r"), 5U);
  EXPECT_EQ(arrived("ends"), 1U);
  crash();
  pass(std::chrono::minutes(1));
  EXPECT_EQ(arrived("ends"), 1U);
}

TEST_F(EcsTest, ATokenStartsOnce) {
  define("job", R"({"name":"main","image":"busybox"})");
  const std::string arn = run("job", R"(,"clientToken":"t")");
  EXPECT_EQ(run("job", R"(,"clientToken":"t")"), arn);
  crash();
  EXPECT_EQ(run("job", R"(,"clientToken":"t")"), arn);
  EXPECT_EQ(containers_.begun.size(), 1U);
  EXPECT_EQ(error("RunTask", R"({"taskDefinition":"job","clientToken":"t","count":2})").code, "ConflictException");
  pass(std::chrono::hours(25));
  EXPECT_NE(run("job", R"(,"clientToken":"t")"), arn);
}

TEST_F(EcsTest, StoppedTasksAreForgottenAfterAnHour) {
  define("job", R"({"name":"main","image":"busybox"})");
  const std::string arn = run("job");
  containers_.end("main", 0);
  pass(std::chrono::minutes(58));
  EXPECT_EQ(status(arn), "STOPPED");
  EXPECT_EQ(json::elements_of(call("ListTasks", R"({"desiredStatus":"STOPPED"})"), "taskArns").size(), 1U);
  pass(std::chrono::minutes(5));
  EXPECT_EQ(status(arn), "");
  EXPECT_EQ(json::elements_of(call("ListTasks", R"({"desiredStatus":"STOPPED"})"), "taskArns").size(), 0U);
}

TEST_F(EcsTest, SaysWhenATaskHasEnded) {
  define("job", R"({"name":"main","image":"busybox"})");
  const std::string arn = run("job");
  bool told = false;
  start(ecs_->ended(arn), [&](std::optional<bool> ended, const std::exception_ptr&) { told = ended.value_or(false); });
  scheduler_.run();
  EXPECT_FALSE(told);
  containers_.end("main", 0);
  scheduler_.run();
  EXPECT_TRUE(told);
  EXPECT_EQ(status(arn), "STOPPED");
}

TEST_F(EcsTest, ListsBySeveral) {
  define("a", R"({"name":"main","image":"busybox"})");
  define("b", R"({"name":"main","image":"busybox"})");
  const std::string one = run("a", R"(,"startedBy":"x","count":2)");
  const std::string two = run("b");
  const auto count = [&](std::string_view input) {
    return json::elements_of(call("ListTasks", input), "taskArns").size();
  };
  EXPECT_EQ(count("{}"), 3U);
  EXPECT_EQ(count(R"({"family":"a"})"), 2U);
  EXPECT_EQ(count(R"({"startedBy":"x"})"), 2U);
  EXPECT_EQ(count(R"({"launchType":"FARGATE"})"), 0U);
  EXPECT_EQ(count(R"({"desiredStatus":"STOPPED"})"), 0U);
  const json::Value page = call("ListTasks", R"({"maxResults":2})");
  EXPECT_EQ(count(fmt::format(R"({{"nextToken":"{}"}})", json::text_of(page, "nextToken"))), 1U);
  EXPECT_EQ(error("ListTasks", R"({"cluster":"none"})").code, "ClusterNotFoundException");
  const json::Value cluster = call("DescribeClusters", "{}");
  EXPECT_EQ(json::elements_of(cluster, "clusters")[0].find("runningTasksCount")->as_integer(), 3);
}

}  // namespace
}  // namespace stepwell::ecs
