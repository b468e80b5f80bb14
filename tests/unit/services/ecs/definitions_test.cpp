// Task definitions and clusters.
#include "services/ecs/sizes.h"
#include "world.h"

namespace stepwell::ecs {
namespace {

TEST(SizesTest, AsEcsTakesThem) {
  EXPECT_EQ(cpu_units("256"), 256U);
  EXPECT_EQ(cpu_units(".25 vCPU"), 256U);
  EXPECT_EQ(cpu_units("2 vcpu"), 2'048U);
  EXPECT_EQ(memory_mib("512"), 512U);
  EXPECT_EQ(memory_mib("0.5GB"), 512U);
  EXPECT_EQ(memory_mib("3 GB"), 3'072U);
  for (const char* text : {"", "x", "1 TB", "-1", "0"}) EXPECT_EQ(memory_mib(text), std::nullopt) << text;
}

TEST_F(EcsTest, RevisionsGrowAndAreNotUsedAgain) {
  constexpr const char* main = R"({"name":"main","image":"busybox"})";
  define("f", main);
  define("f", main);
  const auto latest = [&] {
    return json::text_of(*call("DescribeTaskDefinition", R"({"taskDefinition":"f"})").find("taskDefinition"),
                         "taskDefinitionArn");
  };
  EXPECT_EQ(latest(), "arn:aws:ecs:us-east-1:123456789012:task-definition/f:2");
  call("DeregisterTaskDefinition", R"({"taskDefinition":"f:2"})");
  EXPECT_EQ(latest(), "arn:aws:ecs:us-east-1:123456789012:task-definition/f:1");
  EXPECT_EQ(error("RunTask", R"({"taskDefinition":"f:2"})").message, "TaskDefinition is inactive");
  call("DeleteTaskDefinitions", R"({"taskDefinitions":["f:2"]})");
  define("f", main);
  EXPECT_EQ(latest(), "arn:aws:ecs:us-east-1:123456789012:task-definition/f:3");
  const json::Value failed = call("DeleteTaskDefinitions", R"({"taskDefinitions":["f:1","f:9"]})");
  EXPECT_EQ(json::elements_of(failed, "failures").size(), 2U);
}

TEST_F(EcsTest, IsCompletedAsAwsDoes) {
  define("f", R"({"name":"main","image":"busybox"})", R"(,"networkMode":"awsvpc")");
  const json::Value answer = call("DescribeTaskDefinition", R"({"taskDefinition":"f:1"})");
  const json::Value definition = *answer.find("taskDefinition");
  EXPECT_EQ(json::elements_of(definition, "compatibilities").size(), 2U);
  const json::Value container = json::elements_of(definition, "containerDefinitions")[0];
  EXPECT_TRUE(container.find("essential")->as_boolean());
  EXPECT_EQ(container.find("cpu")->as_integer(), 0);
  EXPECT_EQ(container.find("portMappings")->size(), 0U);
}

TEST_F(EcsTest, RefusesWhatIsNone) {
  const auto refusal = [&](std::string_view containers, std::string_view more = "") {
    return error("RegisterTaskDefinition",
                 fmt::format(R"({{"family":"f","containerDefinitions":[{}]{}}})", containers, more))
        .code;
  };
  constexpr const char* good = R"({"name":"a","image":"i","memory":4})";
  EXPECT_EQ(refusal(good), "none");
  EXPECT_EQ(refusal(""), "ClientException");
  EXPECT_EQ(refusal(R"({"name":"a","image":"i"})"), "ClientException") << "no memory";
  EXPECT_EQ(refusal(R"({"name":"a b","image":"i","memory":4})"), "ClientException");
  EXPECT_EQ(refusal(R"({"name":"a","memory":4})"), "ClientException");
  EXPECT_EQ(refusal(std::string(good) + "," + good), "ClientException");
  EXPECT_EQ(refusal(R"({"name":"a","image":"i","memory":4,"essential":false})"), "ClientException");
  EXPECT_EQ(refusal(good, R"(,"cpu":"much")"), "ClientException");
  EXPECT_EQ(refusal(good, R"(,"requiresCompatibilities":["FARGATE"])"), "ClientException");
  const auto depends = [&](std::string_view on, std::string_view condition) {
    return refusal(fmt::format(
        R"({{"name":"a","image":"i","memory":4,"dependsOn":[{{"containerName":"{}","condition":"{}"}}]}},
           {{"name":"b","image":"i","memory":4,"dependsOn":[{{"containerName":"a","condition":"START"}}]}})",
        on, condition));
  };
  EXPECT_EQ(depends("c", "START"), "ClientException");
  EXPECT_EQ(depends("b", "START"), "ClientException") << "a circle";
  EXPECT_EQ(depends("b", "HEALTHY"), "NotImplemented");
  EXPECT_EQ(refusal(R"({"name":"a","image":"i","memory":4,"secrets":[{"name":"S","valueFrom":"arn"}]})"),
            "NotImplemented");
  EXPECT_EQ(refusal(R"({"name":"a","image":"i","memory":4,"mountPoints":[]})"), "none");
  EXPECT_EQ(refusal(R"({"name":"a","image":"i","memory":4,"logConfiguration":{"logDriver":"awslogs"}})"),
            "ClientException");
}

TEST_F(EcsTest, RefusesTasksAsAwsDoes) {
  define("f", R"({"name":"main","image":"busybox"})", R"(,"networkMode":"awsvpc")");
  define("g", R"({"name":"main","image":"busybox"})");
  const auto run = [&](std::string_view input) { return error("RunTask", input).code; };
  EXPECT_EQ(run(R"({"taskDefinition":"none"})"), "ClientException");
  EXPECT_EQ(run(R"({"taskDefinition":"f"})"), "InvalidParameterException") << "no network configuration";
  EXPECT_EQ(run(R"({"taskDefinition":"g","launchType":"FARGATE"})"), "InvalidParameterException");
  EXPECT_EQ(run(R"({"taskDefinition":"g","count":11})"), "InvalidParameterException");
  EXPECT_EQ(run(R"({"taskDefinition":"g","cluster":"none"})"), "ClusterNotFoundException");
  EXPECT_EQ(run(R"({"taskDefinition":"g","overrides":{"containerOverrides":[{"name":"other"}]}})"),
            "InvalidParameterException");
  EXPECT_EQ(run(R"({"taskDefinition":"g","overrides":{"memory":"much"}})"), "ClientException");
}

TEST_F(EcsTest, Families) {
  for (const char* family : {"a1", "a2", "b"}) define(family, R"({"name":"main","image":"busybox"})");
  call("DeregisterTaskDefinition", R"({"taskDefinition":"a2:1"})");
  const auto count = [&](std::string_view operation, std::string_view input, std::string_view list) {
    return json::elements_of(call(operation, input), list).size();
  };
  EXPECT_EQ(count("ListTaskDefinitionFamilies", "{}", "families"), 2U);
  EXPECT_EQ(count("ListTaskDefinitionFamilies", R"({"status":"ALL"})", "families"), 3U);
  EXPECT_EQ(count("ListTaskDefinitionFamilies", R"({"status":"ALL","familyPrefix":"a"})", "families"), 2U);
  EXPECT_EQ(count("ListTaskDefinitions", "{}", "taskDefinitionArns"), 2U);
  EXPECT_EQ(count("ListTaskDefinitions", R"({"status":"INACTIVE"})", "taskDefinitionArns"), 1U);
  const json::Value page = call("ListTaskDefinitions", R"({"sort":"DESC","maxResults":1})");
  EXPECT_TRUE(json::elements_of(page, "taskDefinitionArns")[0].as_string().ends_with("/b:1"));
  const json::Value next = call("ListTaskDefinitions",
                                fmt::format(R"({{"sort":"DESC","nextToken":"{}"}})", json::text_of(page, "nextToken")));
  EXPECT_TRUE(json::elements_of(next, "taskDefinitionArns")[0].as_string().ends_with("/a1:1"));
}

TEST_F(EcsTest, ClustersComeAndGo) {
  call("CreateCluster", R"({"clusterName":"c","tags":[{"key":"k","value":"v"}]})");
  EXPECT_EQ(json::elements_of(call("ListClusters", "{}"), "clusterArns").size(), 2U);
  const json::Value described = call("DescribeClusters", R"({"clusters":["c","d"],"include":["TAGS"]})");
  EXPECT_EQ(json::elements_of(json::elements_of(described, "clusters")[0], "tags").size(), 1U);
  EXPECT_EQ(json::text_of(json::elements_of(described, "failures")[0], "reason"), "MISSING");
  define("job", R"({"name":"main","image":"busybox"})");
  const std::string arn = run("job", R"(,"cluster":"c")");
  EXPECT_EQ(error("DeleteCluster", R"({"cluster":"c"})").code, "ClusterContainsTasksException");
  containers_.end("main", 0);
  scheduler_.run();
  call("DeleteCluster", R"({"cluster":"c"})");
  EXPECT_EQ(error("DeleteCluster", R"({"cluster":"c"})").code, "ClusterNotFoundException");
}

TEST_F(EcsTest, TagsOfAllThatHaveThem) {
  define("job", R"({"name":"main","image":"busybox"})", R"(,"tags":[{"key":"a","value":"1"}])");
  const std::string task = run("job", R"(,"propagateTags":"TASK_DEFINITION","tags":[{"key":"b","value":"2"}])");
  const auto tags = [&](std::string_view arn) {
    return json::elements_of(call("ListTagsForResource", fmt::format(R"({{"resourceArn":"{}"}})", arn)), "tags");
  };
  EXPECT_EQ(tags(task).size(), 2U);
  const std::string cluster = "arn:aws:ecs:us-east-1:123456789012:cluster/default";
  const std::string definition = "arn:aws:ecs:us-east-1:123456789012:task-definition/job:1";
  for (const std::string& arn : {task, cluster, definition}) {
    call("TagResource", fmt::format(R"({{"resourceArn":"{}","tags":[{{"key":"k","value":"v"}}]}})", arn));
    EXPECT_EQ(ecs_->tag(arn, "k"), "v");
    call("UntagResource", fmt::format(R"({{"resourceArn":"{}","tagKeys":["k"]}})", arn));
    EXPECT_EQ(ecs_->tag(arn, "k"), std::nullopt);
  }
  EXPECT_EQ(error("ListTagsForResource", R"({"resourceArn":"arn:aws:ecs:us-east-1:123456789012:cluster/none"})").code,
            "ResourceNotFoundException");
}

}  // namespace
}  // namespace stepwell::ecs
