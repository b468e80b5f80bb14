// TestState: one state with its data flow, its mocks and its bounds.

#include "../service_fixture.h"

#include <random>

namespace stepwell::states {
namespace {

constexpr auto lambda_model = R"({"service":"lambda","protocol":"rest-json","operations":{
  "GetFunction":{"input":"Asked","output":"Function"},
  "Invoke":{"input":"Asked","output":"Answer"}},
 "shapes":{
  "Answer":{"type":"structure","required":["statusCode"],"members":{"statusCode":"Number","payload":{"shape":"Blob","in":"payload"}}},
  "Asked":{"type":"structure","members":{"FunctionName":"Name","body":{"shape":"Blob","in":"payload"}}},
  "Blob":{"type":"blob","min":1},
  "Date":{"type":"timestamp"},
  "Flag":{"type":"boolean"},
  "Function":{"type":"structure","required":["name"],"members":{"name":"Text","kind":"Kind","memory":"Memory","made":"Date","parts":"Parts","tags":"Tags","self":"Function","code":"Blob","on":"Flag"}},
  "Kind":{"type":"string","enum":["big","small"]},
  "Memory":{"type":"integer","min":128,"max":256},
  "Name":{"type":"string"},
  "Number":{"type":"integer"},
  "Parts":{"type":"list","member":"Text"},
  "Tags":{"type":"map","key":"Text","value":"Text"},
  "Text":{"type":"string","min":2,"max":4}}})";

// Answers at once, or never.
class FakeLambda final : public directory::Service {
 public:
  struct Script {
    std::string payload;  // that came
    std::string answer = "1";
    std::string function_error;
    bool answers = true;
    bool cancelled = false;
  };
  explicit FakeLambda(Script& script) : script_(script) {}
  const wire::ApiModel& model() const override {
    static const auto loaded = wire::ApiModel::load_embedded(lambda_model);
    return *loaded;
  }
  Task<Result<wire::Reply>> call(wire::Call& call) override {
    script_.payload = call.payload;
    if (!script_.answers) {
      const Pending<bool> cancelled;
      const std::stop_callback stopped(call.gone, [cancelled] { cancelled.set(true); });
      script_.cancelled = co_await cancelled;
    }
    json::ObjectBuilder output(call.arena);
    if (!script_.function_error.empty()) output.add("FunctionError", script_.function_error);
    co_return wire::Reply{.output = output.build(), .payload = script_.answer, .status = {}, .detail = {}};
  }

 private:
  Script& script_;
};

class TestStateTest : public ServiceTest {
 protected:
  void add_services(directory::Directory& directory) override { directory.add(std::make_unique<FakeLambda>(lambda_)); }

  // The request's other members are given as JSON: R"("mock":{…})".
  std::string test(const std::string& definition, const std::string& more = "") {
    return call("TestState",
                fmt::format(R"({{"definition":{}{}{}}})", quoted(definition), more.empty() ? "" : ",", more));
  }
  // The same at the level DEBUG.
  std::string inspect(const std::string& definition, const std::string& more = "") {
    return test(definition, R"("inspectionLevel":"DEBUG")" + (more.empty() ? "" : "," + more));
  }
  // Code and message of the refusal.
  std::string refusal(const std::string& definition, const std::string& more = "") {
    wire::Call request;
    request.caller = {.account = "123456789012", .region = "us-east-1", .access_key = {}, .request_id = "r"};
    request.input = *json::parse_copy(
        request.arena, fmt::format(R"({{"definition":{}{}{}}})", quoted(definition), more.empty() ? "" : ",", more));
    std::string told = "no refusal";
    start(directory_->call("states", "TestState", request),
          [&told](std::optional<Result<wire::Reply>> value, std::exception_ptr) {
            if (value && !*value) told = value->error().code + ": " + value->error().message;
          });
    scheduler_.run();
    return told;
  }

  static std::string quoted(const std::string& text) {
    std::string out;
    json::print_string(out, text);
    return out;
  }
  static std::string mocked(const std::string& result, const std::string& mode = "STRICT") {
    return fmt::format(R"("mock":{{"result":{},"fieldValidationMode":"{}"}})", quoted(result), mode);
  }

  FakeLambda::Script lambda_;
};

constexpr auto role = R"("roleArn":"arn:aws:iam::123456789012:role/r")";
constexpr auto failing = R"("mock":{"errorOutput":{"error":"E","cause":"c"}})";

std::string task(const std::string& more = "", const std::string& resource = "states:::lambda:invoke") {
  return fmt::format(R"({{"Type":"Task","Resource":"arn:aws:{}","Parameters":{{"FunctionName":"f"}}{}{},"End":true}})",
                     resource, more.empty() ? "" : ",", more);
}
std::string map(const std::string& more = "") {
  return fmt::format(R"({{"Type":"Map","ItemProcessor":{{"ProcessorConfig":{{"Mode":"DISTRIBUTED","ExecutionType":)"
                     R"("STANDARD"}},"StartAt":"I","States":{{"I":{{"Type":"Pass","End":true}}}}}}{}{},"End":true}})",
                     more.empty() ? "" : ",", more);
}

TEST_F(TestStateTest, InfoShowsTheOutcomeAlone) {
  EXPECT_EQ(test(R"({"Type":"Pass","Next":"Nowhere","Parameters":{"a.$":"$.b"}})", R"("input":"{\"b\":1}")"),
            R"({"nextState":"Nowhere","output":"{\"a\":1}","status":"SUCCEEDED"})");
  EXPECT_EQ(test(R"({"Type":"Fail","Error":"E"})"), R"({"error":"E","status":"FAILED"})");
}

TEST_F(TestStateTest, DebugShowsTheDataFlow) {
  const std::string answer = inspect(task(R"("InputPath":"$.a","ResultSelector":{"s.$":"$.r"},"ResultPath":"$.out")"),
                                     mocked(R"({"r":2})", "NONE") + R"(,"input":"{\"a\":{}}")");
  EXPECT_EQ(member(answer, "inspectionData"),
            R"({"input":"{\"a\":{}}","afterInputPath":"{}","result":"{\"r\":2}","afterResultSelector":"{\"s\":2}",)"
            R"("afterResultPath":"{\"a\":{},\"out\":{\"s\":2}}","afterParameters":"{\"FunctionName\":\"f\"}"})");
}

TEST_F(TestStateTest, StatesWithoutResultShowTheirInputAlone) {
  const std::string shown = R"({"input":"{}","afterInputPath":"{}"})";
  EXPECT_EQ(member(inspect(R"({"Type":"Succeed"})"), "inspectionData"), shown);
  EXPECT_EQ(member(inspect(R"({"Type":"Fail"})"), "inspectionData"), shown);
  EXPECT_EQ(member(inspect(R"({"Type":"Choice","Choices":[{"Variable":"$.a","IsPresent":false,"Next":"N"}]})"),
                   "inspectionData"),
            shown);
  EXPECT_EQ(member(inspect(R"({"Type":"Wait","Seconds":0,"End":true})"), "inspectionData"), shown);
  EXPECT_EQ(member(inspect(R"({"Type":"Pass","QueryLanguage":"JSONata","End":true})"), "inspectionData"),
            R"({"input":"{}"})");
}

TEST_F(TestStateTest, AStateOfADefinitionIsFoundAtAnyDepth) {
  const std::string definition =
      R"({"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"In","States":{)"
      R"("In":{"Type":"Pass","Result":"inner","Next":"On"},"On":{"Type":"Succeed"}}},"End":true}}})";
  EXPECT_EQ(test(definition, R"("stateName":"In")"), R"({"nextState":"On","output":"\"inner\"","status":"SUCCEEDED"})");
  EXPECT_EQ(refusal(definition, R"("stateName":"Out")"), "ValidationException: State not found in definition");
}

TEST_F(TestStateTest, DefinitionsAreValidated) {
  EXPECT_EQ(refusal(R"({"Type":"Parallel","Branches":[],"End":true})"),
            "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Value cannot be empty at "
            "/States/StateName/Branches'");
  EXPECT_TRUE(refusal("{").starts_with("InvalidDefinition: "));
  EXPECT_TRUE(refusal("[]").starts_with("InvalidDefinition: "));
  EXPECT_TRUE(refusal(R"({"StartAt":"A","States":{}})", R"("stateName":"A")").starts_with("InvalidDefinition: "));
}

TEST_F(TestStateTest, VariablesAreReadAndAssigned) {
  const std::string definition =
      R"({"Type":"Pass","QueryLanguage":"JSONata","Output":"{% $x + 1 %}","Assign":{"y":"{% $x * 2 %}","x":5},"End":true})";
  const std::string answer = inspect(definition, R"("variables":"{\"x\":3}")");
  EXPECT_EQ(member(answer, "output"), "4");
  EXPECT_EQ(member(answer, "inspectionData.variables"), R"({"x":5,"y":6})");
  EXPECT_TRUE(refusal(definition, R"("variables":"[]")").starts_with("ValidationException: Invalid variables"));
}

TEST_F(TestStateTest, TheContextObjectIsThatOfAnExpressExecution) {
  const std::string definition =
      R"({"Type":"Pass","QueryLanguage":"JSONata","Output":"{% $states.context %}","End":true})";
  const std::string context = member(test(definition, R"("input":"7")"), "output");
  EXPECT_TRUE(member(context, "Execution.Id").starts_with("arn:aws:states:us-east-1:123456789012:express:"));
  EXPECT_EQ(member(context, "Execution.Input"), "7");
  EXPECT_EQ(member(context, "Execution.RoleArn"), "null");
  EXPECT_EQ(member(context, "State.Name"), "StateName");
  EXPECT_EQ(member(context, "State.RetryCount"), "none");
  EXPECT_EQ(member(context, "Execution.RedriveCount"), "none");
}

TEST_F(TestStateTest, TheContextObjectMayBeGiven) {
  const std::string definition = task(R"("ResultSelector":{"c.$":"$$"})");
  const std::string mock = mocked("{}", "NONE") + ",";
  EXPECT_EQ(member(test(definition, mock + R"("context":"{\"State\":{\"RetryCount\":4}}")"), "output"),
            R"({"c":{"State":{"RetryCount":4}}})");
  const std::string refused = "ValidationException: Invalid Context object provided: ";
  EXPECT_EQ(refusal(definition, mock + R"("context":"{\"Map\":{}}")"),
            refused + "'Map' field is not supported when mocking a Context object");
  EXPECT_EQ(refusal(definition, mock + R"("context":"{\"Other\":{}}")"), refused + "Field 'Other' is not allowed");
  for (const char* bad : {"1", "[]", "{", "null", R"({\"State\":1})", R"({\"Task\":{}})"}) {
    EXPECT_TRUE(refusal(definition, mock + fmt::format(R"("context":"{}")", bad)).starts_with(refused)) << bad;
  }
  EXPECT_TRUE(refusal(R"({"Type":"Succeed"})", R"("context":"{}")").starts_with(refused));
}

TEST_F(TestStateTest, ATokenTaskHasAToken) {
  const std::string definition =
      R"({"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"QueueUrl":"q",)"
      R"("MessageBody.$":"$$.Task.Token"},"End":true})";
  EXPECT_TRUE(refusal(definition, role).starts_with("InvalidDefinition: TestState API does not support '.sync'"));
  EXPECT_EQ(member(test(definition, mocked(R"({"any":["thing"]})")), "status"), "SUCCEEDED");
  const std::string given = inspect(definition, mocked("1") + R"(,"context":"{\"Task\":{\"Token\":\"abc\"}}")");
  EXPECT_EQ(member(given, "inspectionData.afterParameters"), R"({"QueueUrl":"q","MessageBody":"abc"})");
}

TEST_F(TestStateTest, MocksMustFitTheirState) {
  EXPECT_EQ(refusal(R"({"Type":"Succeed"})", failing),
            "ValidationException: State type 'Succeed' is not supported when a mock is specified");
  EXPECT_EQ(refusal(R"({"Type":"Wait","Seconds":1,"End":true})", failing),
            "ValidationException: State type 'Wait' is not supported when a mock is specified");
  EXPECT_EQ(refusal(task(), R"("mock":{"result":"1","errorOutput":{"error":"E"}})"),
            "ValidationException: A test mock should have only one of the following fields: [result, errorOutput].");
  EXPECT_TRUE(refusal(task(), R"("mock":{})").starts_with("ValidationException: A test mock should have one of"));
  EXPECT_TRUE(refusal(task(), R"("mock":{"errorOutput":{"cause":"c"}})").starts_with("ValidationException: "));
  EXPECT_EQ(refusal(task(), mocked("{}") + R"(,"revealSecrets":true)"),
            "ValidationException: TestState does not support RevealSecrets when a mock is specified.");
  EXPECT_EQ(refusal(task(), mocked("no JSON", "NONE")), "ValidationException: Mocked result must be valid JSON");
  EXPECT_EQ(refusal(map(), mocked("{}")), "ValidationException: Mocked result must be an array.");
  EXPECT_EQ(refusal(map(), role),
            "InvalidDefinition: TestState API does not support Map or Parallel states. Supported state types include: "
            "[Task, Wait, Pass, Succeed, Fail, Choice]");
  EXPECT_EQ(refusal(task()), "ValidationException: RoleArn must be specified when testing a Task state");
  EXPECT_TRUE(refusal(task(), R"("roleArn":"x")").starts_with("InvalidArn: "));
}

class MockShapeTest : public TestStateTest {
 protected:
  std::string sdk_refusal(const std::string& result, const std::string& mode = "STRICT") {
    const std::string told = refusal(task("", "states:::aws-sdk:lambda:getFunction"), mocked(result, mode));
    const std::string prefix = "ValidationException: Mock result schema validation error: ";
    return told.starts_with(prefix) ? told.substr(prefix.size()) : told;
  }
};

TEST_F(MockShapeTest, ResultsAreHeldAgainstTheShape) {
  EXPECT_EQ(sdk_refusal("{}"), "Required field 'Name' is missing");
  EXPECT_EQ(sdk_refusal("{}", "PRESENT"), "no refusal");
  EXPECT_EQ(sdk_refusal(R"({"name":"ab"})"), "Required field 'Name' is missing");
  EXPECT_EQ(sdk_refusal(R"({"Name":"ab","Unknown":[]})"), "no refusal");
  EXPECT_EQ(sdk_refusal(R"({"Name":null})"), "Field 'Name' must be a string");
  EXPECT_EQ(sdk_refusal(R"({"Name":"a"})"), "Field 'Name' is smaller than the minimum length");
  EXPECT_EQ(sdk_refusal(R"({"Name":"üüüü"})"), "no refusal");
  EXPECT_EQ(sdk_refusal(R"({"Name":"üüüüü"})"), "Field 'Name' exceeds the maximum length");
  EXPECT_EQ(sdk_refusal(R"({"Kind":"huge"})", "PRESENT"), "Field 'Kind' is not an expected value");
  EXPECT_EQ(sdk_refusal(R"({"Memory":127})", "PRESENT"), "Field 'Memory' is less than the minimum value");
  EXPECT_EQ(sdk_refusal(R"({"Memory":257})", "PRESENT"), "Field 'Memory' exceeds the maximum value");
  EXPECT_EQ(sdk_refusal(R"({"Memory":"128"})", "PRESENT"), "Field 'Memory' must be a number");
  EXPECT_EQ(sdk_refusal(R"({"Made":1714558830})", "PRESENT"), "Field 'Made' must be a string");
  EXPECT_EQ(sdk_refusal(R"({"Parts":{}})", "PRESENT"), "Field 'Parts' must be an array");
  EXPECT_EQ(sdk_refusal(R"({"Parts":["ab",1]})", "PRESENT"), "Field 'Parts' must be a string");
  EXPECT_EQ(sdk_refusal(R"({"Tags":[]})", "PRESENT"), "Field 'Tags' must be an object");
  EXPECT_EQ(sdk_refusal(R"({"Tags":{"k":1}})", "PRESENT"), "Field 'Tags' must be a string");
  EXPECT_EQ(sdk_refusal(R"({"On":0})", "PRESENT"), "Field 'On' must be a boolean");
  EXPECT_EQ(sdk_refusal(R"({"Code":""})", "PRESENT"), "Field 'Code' is smaller than the minimum length");
  EXPECT_EQ(sdk_refusal(R"({"Self":{"Self":{}}})", "PRESENT"), "no refusal");
  EXPECT_EQ(sdk_refusal(R"({"Name":"ab","Self":{}})"), "Required field 'Name' is missing");
  EXPECT_EQ(sdk_refusal("[]"), "ValidationException: Mocked result must be a JSON object.");
  EXPECT_EQ(sdk_refusal("[]", "NONE"), "no refusal");
}

TEST_F(MockShapeTest, TheBodyOfAnOptimisedAnswerIsAnyJson) {
  EXPECT_EQ(refusal(task(), mocked(R"({"StatusCode":200,"Payload":{"a":1}})")), "no refusal");
}

TEST_F(MockShapeTest, ServicesThatAreNotHereAreKnownByTheirAnswers) {
  const auto told = [this](const std::string& resource, const std::string& result) {
    return refusal(task("", "states:::" + resource), mocked(result));
  };
  EXPECT_TRUE(
      told("aws-sdk:s3:getObject", R"({"ContentLength":"9"})").ends_with("Field 'ContentLength' must be a number"));
  EXPECT_TRUE(told("aws-sdk:eventbridge:putEvents", R"({"Entries":1})").ends_with("Field 'Entries' must be an array"));
  EXPECT_TRUE(told("aws-sdk:sfn:describeExecution", "{}").ends_with("Required field 'ExecutionArn' is missing"));
  EXPECT_EQ(told("aws-sdk:polly:listLexicons", R"({"Lexicons":1})"), "no refusal");
}

TEST_F(MockShapeTest, AJobIsKnownByWhatTellsOfIt) {
  const std::string definition =
      R"({"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2","Parameters":{"StateMachineArn":"a"},"End":true})";
  EXPECT_EQ(refusal(definition, mocked(R"({"Output":{}})", "PRESENT")),
            "ValidationException: Mock result schema validation error: Field 'Output' must be a string");
  EXPECT_EQ(refusal(definition, mocked(R"({"Output":"{}"})", "PRESENT")), "no refusal");
}

TEST_F(TestStateTest, RetriersAndCatchersAreTold) {
  const std::string definition = task(
      R"("Retry":[{"ErrorEquals":["X"]},{"ErrorEquals":["E"],"IntervalSeconds":3,"MaxAttempts":2,"BackoffRate":4}],)"
      R"("Catch":[{"ErrorEquals":["X"],"Next":"A"},{"ErrorEquals":["States.ALL"],"Next":"B","ResultPath":"$.e"}])");
  const auto after = [&](int retries) {
    return inspect(definition, fmt::format(R"({},"stateConfiguration":{{"retrierRetryCount":{}}})", failing, retries));
  };
  const std::string first = after(1);
  EXPECT_EQ(member(first, "status"), "RETRIABLE");
  EXPECT_EQ(member(first, "error"), "E");
  EXPECT_EQ(member(first, "output"), "none");
  EXPECT_EQ(member(first, "inspectionData.errorDetails"), R"({"retryIndex":1,"retryBackoffIntervalSeconds":12})");
  const std::string last = after(2);
  EXPECT_EQ(member(last, "status"), "CAUGHT_ERROR");
  EXPECT_EQ(member(last, "nextState"), "B");
  EXPECT_EQ(member(last, "output"), R"({"e":{"Error":"E","Cause":"c"}})");
  EXPECT_EQ(member(last, "inspectionData.errorDetails"), R"({"catchIndex":1,"retryIndex":1})");
  EXPECT_EQ(member(last, "inspectionData.afterResultPath"), "none");
}

TEST_F(TestStateTest, AFailureOfTheStateItselfIsFramed) {
  EXPECT_EQ(
      test(R"({"Type":"Pass","InputPath":"$.x","End":true})"),
      R"({"cause":"An error occurred while executing the state 'StateName' (entered at the event id #2). Invalid )"
      R"(path '$.x' : No results for path: $['x']","error":"States.Runtime","status":"FAILED"})");
}

TEST_F(TestStateTest, MapsAreTestedByTheirItemsAndFailures) {
  const auto run = [this](const std::string& more, const std::string& request) {
    return inspect(map(more), R"("input":"[1,2,3,4]",)" + request);
  };
  const auto failed = [](int count) {
    return fmt::format(R"(,"stateConfiguration":{{"mapIterationFailureCount":{}}})", count);
  };
  const std::string result = mocked("[0]");
  EXPECT_EQ(member(run("", result + failed(4)), "status"), "SUCCEEDED");
  EXPECT_EQ(member(run(R"("ToleratedFailureCount":2)", result + failed(2)), "status"), "SUCCEEDED");
  EXPECT_EQ(member(run(R"("ToleratedFailureCount":2)", result + failed(3)), "error"),
            "States.ExceedToleratedFailureThreshold");
  EXPECT_EQ(member(run(R"("ToleratedFailurePercentage":50)", result + failed(2)), "status"), "SUCCEEDED");
  EXPECT_EQ(member(run(R"("ToleratedFailurePercentage":50)", result + failed(3)), "status"), "FAILED");
  EXPECT_EQ(member(run("", failing), "error"), "E");
  EXPECT_EQ(
      refusal(map(), R"("input":"[1]",)" + result + failed(2)),
      "ValidationException: Map iteration failure count must be less than or equal to the number of Map iterations");
  EXPECT_EQ(member(run("", failing + std::string(R"(,"stateConfiguration":{"errorCausedByState":"I"})")), "error"),
            "E");
  EXPECT_TRUE(refusal(map(), failing + std::string(R"(,"stateConfiguration":{"errorCausedByState":"J"})"))
                  .starts_with("ValidationException: errorCausedByState"));
  const std::string shown = run(R"("MaxConcurrency":3,"ItemSelector":{"v.$":"$$.Map.Item.Value"})", result);
  EXPECT_EQ(member(shown, "inspectionData.afterItemSelector"), R"([{"v":1},{"v":2},{"v":3},{"v":4}])");
  EXPECT_EQ(member(shown, "inspectionData.maxConcurrency"), "3");
  EXPECT_EQ(member(shown, "inspectionData.toleratedFailureCount"), "none");
}

TEST_F(TestStateTest, ItemsMayBeThoseOfAReader) {
  const auto reads = [](const std::string& config) {
    return map(fmt::format(
        R"("QueryLanguage":"JSONata","ItemReader":{{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{{{}}},)"
        R"("Arguments":{{"Bucket":"b","Key":"k"}}}},"ItemSelector":"{{% $states.context.Map.Item.Value * 2 %}}")",
        config));
  };
  const auto read = [](const std::string& data) {
    return mocked("[]") +
           fmt::format(R"(,"stateConfiguration":{{"mapItemReaderData":{},"mapIterationFailureCount":2}})",
                       quoted(data));
  };
  const std::string json = reads(R"("InputType":"JSON")");
  EXPECT_EQ(member(inspect(json, read("[1,2]")), "inspectionData.afterItemSelector"), "[2,4]");
  EXPECT_TRUE(refusal(json, read("[1]")).starts_with("ValidationException: Map iteration failure count"));
  for (const char* bad : {"{}", "[1", "1", ""}) {
    EXPECT_TRUE(refusal(json, read(bad)).starts_with("ValidationException: Invalid mapItemReaderData")) << bad;
  }
  EXPECT_EQ(member(test(json, mocked("[]")), "status"), "SUCCEEDED");

  const std::string pointed = reads(R"("InputType":"JSON","ItemsPointer":"/a~1b/0")");
  const std::string answer = inspect(pointed, read(R"({"a/b":[[3,4]]})"));
  EXPECT_EQ(member(answer, "inspectionData.afterItemsPointer"), "[3,4]");
  EXPECT_EQ(member(answer, "inspectionData.afterItemSelector"), "[6,8]");
  EXPECT_TRUE(refusal(pointed, read("[]")).starts_with("ValidationException: Invalid mapItemReaderData"));

  const std::string lines = reads(R"("InputType":"JSONL")");
  EXPECT_EQ(member(inspect(lines, read("5\r\n\n6")), "inspectionData.afterItemSelector"), "[10,12]");
  const std::string table = reads(R"("InputType":"CSV","CSVHeaderLocation":"FIRST_ROW")");
  EXPECT_EQ(member(inspect(table, read("a,b\n1,2")), "status"), "SUCCEEDED");
}

TEST_F(TestStateTest, AResultWriterAnswersForTheItems) {
  const std::string definition =
      map(R"("ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"b","Prefix":"p"}})");
  const std::string input = R"("input":"[1]",)";
  EXPECT_EQ(refusal(definition, input + mocked("[]")), "ValidationException: Mocked result must be a JSON object.");
  EXPECT_EQ(member(test(definition, input + mocked(R"({"MapRunArn":"a"})")), "output"), R"({"MapRunArn":"a"})");
}

TEST_F(TestStateTest, TasksAreReallyCalled) {
  lambda_.answer = R"({"n":2})";
  EXPECT_EQ(test(task("", "lambda:us-east-1:123456789012:function:f"), std::string(R"("input":"{\"a\":1}",)") + role),
            R"({"output":"{\"n\":2}","status":"SUCCEEDED"})");
  EXPECT_EQ(lambda_.payload, R"({"FunctionName":"f"})");
  lambda_.function_error = "Unhandled";
  lambda_.answer = R"({"errorType":"Bad"})";
  EXPECT_EQ(member(test(task(), role), "error"), "Bad");
}

TEST_F(TestStateTest, EachTestStartsItsOwnExecution) {
  const std::string machine = create_machine("m", R"({"StartAt":"S","States":{"S":{"Type":"Succeed"}}})");
  const std::string definition = fmt::format(
      R"({{"Type":"Task","Resource":"arn:aws:states:::states:startExecution","Parameters":{{"StateMachineArn":"{}"}},"End":true}})",
      machine);
  EXPECT_EQ(member(test(definition, role), "status"), "SUCCEEDED");
  EXPECT_EQ(member(test(definition, role), "status"), "SUCCEEDED");
  EXPECT_EQ(executions("m").size(), 2U);
}

// Tests that take their time.
class LongTestStateTest : public TestStateTest {
 protected:
  void begin(const std::string& definition, const std::string& more = role) {
    request_.caller = {.account = "123456789012", .region = "us-east-1", .access_key = {}, .request_id = "r"};
    request_.input =
        *json::parse_copy(request_.arena, fmt::format(R"({{"definition":{},{}}})", quoted(definition), more));
    request_.gone = gone_.get_token();
    start(directory_->call("states", "TestState", request_),
          [this](std::optional<Result<wire::Reply>> value, std::exception_ptr) {
            if (value && *value) answer_ = json::print((*value)->output);
          });
    scheduler_.run();
  }
  wire::Call request_;
  std::stop_source gone_;
  std::string answer_;
};

TEST_F(LongTestStateTest, AWaitWaits) {
  begin(R"({"Type":"Wait","Seconds":60,"Next":"N"})");
  pass(std::chrono::seconds(59));
  EXPECT_EQ(answer_, "");
  pass(std::chrono::seconds(1));
  EXPECT_EQ(answer_, R"({"nextState":"N","output":"{}","status":"SUCCEEDED"})");
}

TEST_F(LongTestStateTest, NoTestTakesMoreThanFiveMinutes) {
  begin(R"({"Type":"Wait","Seconds":301,"End":true})");
  pass(std::chrono::minutes(5));
  EXPECT_EQ(answer_, R"({"error":"States.Timeout","status":"FAILED"})");
}

TEST_F(LongTestStateTest, ATaskIsGivenUpAndCancelled) {
  lambda_.answers = false;
  begin(task(R"("Catch":[{"ErrorEquals":["States.ALL"],"Next":"N"}])"));
  pass(std::chrono::minutes(5));
  EXPECT_EQ(answer_, R"({"error":"States.Timeout","status":"FAILED"})");
  EXPECT_TRUE(lambda_.cancelled);
}

TEST_F(LongTestStateTest, ATimeoutOfTheTaskMayBeCaught) {
  lambda_.answers = false;
  begin(task(R"("TimeoutSeconds":7,"Catch":[{"ErrorEquals":["States.Timeout"],"Next":"N","ResultPath":null}])"));
  pass(std::chrono::seconds(6));
  EXPECT_EQ(answer_, "");
  pass(std::chrono::seconds(1));
  EXPECT_EQ(answer_, R"({"error":"States.Timeout","nextState":"N","output":"{}","status":"CAUGHT_ERROR"})");
  EXPECT_TRUE(lambda_.cancelled);
}

TEST_F(LongTestStateTest, ACallerWhoLeavesEndsTheTest) {
  lambda_.answers = false;
  begin(task());
  gone_.request_stop();
  EXPECT_NE(answer_, "");
  EXPECT_TRUE(lambda_.cancelled);
}

// Requests put together at random from parts that fit and parts that do not: each is answered or refused.
TEST_F(TestStateTest, WrongRequestsAreRefused) {
  const std::vector<std::string> definitions = {
      "",
      "{}",
      "[]",
      "null",
      "{",
      R"({"Type":1})",
      R"({"Type":"Task"})",
      R"({"Type":"Map"})",
      R"({"States":{}})",
      R"({"Type":"Choice","Choices":[{"Next":1}],"Default":2})",
      R"({"Type":"Pass","Next":"\u0000"})",
      R"({"Type":"Parallel","Branches":{}})",
      R"({"StartAt":"A","States":{"A":[]}})",
      task(),
      map(),
      task(R"("Catch":[{"ErrorEquals":["States.ALL"],"Next":"StateName"}])"),
      map(R"("QueryLanguage":"JSONata","ItemReader":{})"),
      R"({"Type":"Pass","QueryLanguage":"JSONata","Output":"{% $x %}","End":true})"};
  const std::vector<std::string> texts = {"",
                                          "{}",
                                          "[]",
                                          "null",
                                          "1",
                                          "{",
                                          "\"a\"",
                                          R"({"Execution":1})",
                                          "[[1],{}]",
                                          R"({"Map":{}})",
                                          std::string(300'000, '['),
                                          "\xef\xbb\xbf{}"};
  std::mt19937 chance(2026);
  const auto any = [&chance](const std::vector<std::string>& from) { return from[chance() % from.size()]; };
  for (int i = 0; i < 3000; ++i) {
    std::string more = R"("inspectionLevel":"TRACE")";
    for (const char* field : {"input", "variables", "context"}) {
      if (chance() % 3 == 0) more += fmt::format(R"(,"{}":{})", field, quoted(any(texts)));
    }
    if (chance() % 3 == 0) more += fmt::format(R"(,"stateName":{})", quoted(any({"A", "StateName", "{", "I"})));
    if (chance() % 2 == 0) more += fmt::format(",{}", role);
    switch (chance() % 4) {
      case 0: more += fmt::format(",{}", failing); break;
      case 1: more += "," + mocked(any(texts)); break;
      case 2: more += R"(,"mock":{"errorOutput":{}})"; break;
      default: break;
    }
    if (chance() % 2 == 0) {
      more += fmt::format(R"(,"stateConfiguration":{{"mapItemReaderData":{},"mapIterationFailureCount":{},)"
                          R"("retrierRetryCount":2147483647}})",
                          quoted(any(texts)), chance() % 3);
    }
    EXPECT_NE(test(any(definitions), more), "no answer") << more;
  }
}

}  // namespace
}  // namespace stepwell::states
