// arn:aws:states:::aws-sdk:<service>:<action>: names, types and errors on the way to a service and back.

#include "service_fixture.h"

namespace stepwell::states {
namespace {

constexpr auto fake_model = R"({"service":"lambda","protocol":"rest-json","operations":{
  "Invoke":{"input":"InvokeInput","output":"InvokeOutput","errors":["TooBig"]},
  "PutThing":{"input":"PutThingInput","output":"PutThingOutput"}},
 "shapes":{
  "Blob":{"type":"blob"},
  "Date":{"type":"timestamp"},
  "InvokeInput":{"type":"structure","required":["name"],"members":{"name":"Text","body":{"shape":"Blob","in":"payload"}}},
  "InvokeOutput":{"type":"structure","members":{"statusCode":"Number","body":{"shape":"Blob","in":"payload"}}},
  "Number":{"type":"integer"},
  "PutThingInput":{"type":"structure","members":{"things":"Things","map":"ThingMap","when":"Date","data":"Blob","text":"Text"}},
  "PutThingOutput":{"type":"structure","members":{"things":"Things","map":"ThingMap","when":"Date","data":"Blob"}},
  "Text":{"type":"string","max":100},
  "Thing":{"type":"structure","members":{"itsName":"Text"}},
  "ThingMap":{"type":"map","key":"Text","value":"Thing"},
  "Things":{"type":"list","member":"Thing"},
  "TooBig":{"type":"structure","exception":413,"members":{"message":"Text"}}}})";

class FakeService final : public directory::Service {
 public:
  struct Script {
    std::string input;    // that came, as JSON
    std::string payload;  // that came
    std::string output = "{}";
    std::string body;
    std::optional<Error> error;
  };
  explicit FakeService(Script& script) : script_(script) {}
  const wire::ApiModel& model() const override {
    static const auto loaded = wire::ApiModel::load_embedded(fake_model);
    return *loaded;
  }
  Task<Result<wire::Reply>> call(wire::Call& call) override {
    script_.input = json::print(call.input);
    script_.payload = call.payload;
    if (script_.error) co_return fail(*script_.error);
    co_return wire::Reply{
        .output = *json::parse_copy(call.arena, script_.output), .payload = script_.body, .status = {}, .detail = {}};
  }

 private:
  Script& script_;
};

class AwsSdkTest : public ServiceTest {
 protected:
  void add_services(directory::Directory& directory) override { directory.add(std::make_unique<FakeService>(script_)); }
  // Runs one task and describes its execution.
  std::string run(const std::string& resource, const std::string& parameters, const std::string& input = "{}") {
    create_machine(
        "m", fmt::format(R"({{"StartAt":"T","States":{{"T":{{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:{}",)"
                         R"("Parameters":{},"End":true}}}}}})",
                         resource, parameters));
    start_execution("m", "e", input);
    return describe("m", "e");
  }
  FakeService::Script script_;
};

TEST_F(AwsSdkTest, NamesChangeTheirCaseBothWays) {
  script_.output = R"({"things":[{"itsName":"b"}],"map":{"itsKey":{"itsName":"c"}},"unknown":1})";
  const std::string done =
      run("lambda:putThing", R"({"Things":[{"ItsName":"a"}],"Map":{"ItsKey":{"ItsName":"x"},"itsKey":{}}})");
  EXPECT_EQ(script_.input, R"({"things":[{"itsName":"a"}],"map":{"ItsKey":{"itsName":"x"},"itsKey":{}}})");
  EXPECT_EQ(member(done, "output"), R"({"Map":{"itsKey":{"ItsName":"c"}},"Things":[{"ItsName":"b"}]})");
}

TEST_F(AwsSdkTest, DatesAreRfc3339) {
  script_.output = R"({"when":1714558830.5})";
  const std::string done = run("lambda:putThing", R"({"When":"2024-05-01T10:20:30.123Z"})");
  EXPECT_EQ(script_.input, R"({"when":1714558830.123})");
  EXPECT_EQ(member(done, "output"), R"({"When":"2024-05-01T10:20:30.500Z"})");
}

TEST_F(AwsSdkTest, TextsAndBinaryDataTakeAnyJson) {
  script_.output = R"({"data":"aGk="})";
  const std::string done = run("lambda:putThing", R"({"Text":{"a":[1]},"Data":"hi","Things":null})");
  EXPECT_EQ(script_.input, R"({"text":"{\"a\":[1]}","data":"ImhpIg=="})");
  EXPECT_EQ(member(done, "output"), R"({"Data":"hi"})");
}

TEST_F(AwsSdkTest, ARawBodyIsAMember) {
  script_.output = R"({"statusCode":200})";
  script_.body = R"({"y":2})";
  const std::string done = run("lambda:invoke", R"({"Name":"f","Body":{"x":1}})");
  EXPECT_EQ(script_.input, R"({"name":"f"})");
  EXPECT_EQ(script_.payload, R"({"x":1})");
  EXPECT_EQ(member(done, "output"), R"({"StatusCode":200,"Body":"{\"y\":2}"})");
}

TEST_F(AwsSdkTest, ErrorsOfTheModel) {
  script_.error = Error{Fault::client, "TooBig", "It is too big", {}, 0};
  const std::string done = run("lambda:putThing", "{}");
  EXPECT_EQ(member(done, "error"), "Lambda.TooBigException");
  EXPECT_TRUE(member(done, "cause").starts_with("It is too big (Service: Lambda, Status Code: 413, Request ID: "));
  EXPECT_TRUE(member(done, "cause").ends_with(") (SDK Attempt Count: 1)"));
}

TEST_F(AwsSdkTest, OtherErrorsAreTheBaseException) {
  EXPECT_EQ(member(run("lambda:invoke", "{}"), "error"), "Lambda.LambdaException");
}

TEST_F(AwsSdkTest, AServiceThatCannotBeReached) {
  script_.error = Error{Fault::server, "ConnectionFailed", "Nobody answers at 127.0.0.1:1", {}, 0};
  const std::string done = run("lambda:putThing", "{}");
  EXPECT_EQ(member(done, "error"), "Lambda.SdkClientException");
  EXPECT_EQ(member(done, "cause"), "Nobody answers at 127.0.0.1:1");
}

TEST_F(AwsSdkTest, WhatIsNotThereIsNamed) {
  EXPECT_EQ(
      member(run("lambda:putThings", "{}"), "cause"),
      "The resource arn:aws:states:::aws-sdk:lambda:putThings cannot be reached: 'lambda' has no action 'putThings' "
      "here.");
  forget_everything();
  EXPECT_EQ(member(run("ses:sendEmail", "{}"), "cause"),
            "The resource arn:aws:states:::aws-sdk:ses:sendEmail cannot be reached: there is no service 'ses' here.");
  forget_everything();
  EXPECT_EQ(member(run("lambda:putThing", R"({"Things":[{"Name":1}]})"), "cause"),
            R"(The Parameters '{"Things":[{"Name":1}]}' could not be used to start the Task: )"
            R"([The field "Name" is not supported by Step Functions])");
}

TEST_F(AwsSdkTest, StepFunctionsItself) {
  create_machine("child", R"({"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}})");
  const std::string done =
      run("sfn:startExecution",
          fmt::format(R"({{"StateMachineArn":"{}","Name":"c","Input":{{"x":1}}}})", machine_arn("child")));
  EXPECT_EQ(member(done, "output"), fmt::format(R"({{"ExecutionArn":"{}","StartDate":"2023-11-14T22:13:20.000Z"}})",
                                                execution_arn("child", "c")));
  EXPECT_EQ(member(describe("child", "c"), "input"), R"({"x":1})");
  EXPECT_EQ(member(details("m", "e", "TaskScheduled"), "resourceType"), "aws-sdk:sfn");
}

TEST_F(AwsSdkTest, ItsErrors) {
  const std::string done = run("sfn:sendTaskSuccess", R"({"TaskToken":"none","Output":"1"})");
  EXPECT_EQ(member(done, "error"), "Sfn.InvalidTokenException");
  EXPECT_TRUE(member(done, "cause")
                  .starts_with("Invalid Token: 'Invalid token' (Service: Sfn, Status Code: 400, Request ID: "));
}

TEST_F(AwsSdkTest, WaitingForAToken) {
  script_.output = R"({"when":0})";
  run("lambda:putThing.waitForTaskToken", R"({"Text.$":"$$.Task.Token"})");
  EXPECT_EQ(status("m", "e"), "RUNNING");
  EXPECT_EQ(member(details("m", "e", "TaskSubmitted"), "output"), R"({"When":"1970-01-01T00:00:00.000Z"})");
  const std::string token = member(script_.input, "text");
  EXPECT_EQ(call("SendTaskSuccess", fmt::format(R"({{"taskToken":"{}","output":"7"}})", token)), "{}");
  EXPECT_EQ(member(describe("m", "e"), "output"), "7");
}

}  // namespace
}  // namespace stepwell::states
