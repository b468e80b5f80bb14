#include "crypto/hash.h"
#include "test_world.h"

#include <gmock/gmock.h>

namespace stepwell::lambda {
namespace {

using testing::HasSubstr;

constexpr std::string_view echo = "def handler(event, context):\n    return event\n";
constexpr std::string_view arn_prefix = "arn:aws:lambda:us-east-1:123456789012:function:";

class Operations : public testing::Test {
 protected:
  TestWorld world_;
};

TEST_F(Operations, ANewFunctionIsShownAsAwsShowsIt) {
  const Answer created = world_.create("orders", "python3.11", "app.handler", {{"app.py", std::string(echo)}},
                                       R"("Description":"d","Environment":{"Variables":{"STAGE":"test"}})");
  ASSERT_TRUE(created.ok) << created.error.message;
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(created.text("FunctionArn"), std::string(arn_prefix) + "orders");
  EXPECT_EQ(created.text("Timeout"), "3");
  EXPECT_EQ(created.text("MemorySize"), "128");
  EXPECT_EQ(created.text("State"), "Active");
  EXPECT_EQ(created.text("LastUpdateStatus"), "Successful");
  EXPECT_EQ(created.text("Version"), "$LATEST");
  EXPECT_EQ(created.text("PackageType"), "Zip");
  EXPECT_EQ(created.text("Environment"), R"({"Variables":{"STAGE":"test"}})");
  EXPECT_EQ(created.text("Architectures"), R"(["x86_64"])");
  EXPECT_EQ(created.text("EphemeralStorage"), R"({"Size":512})");
  EXPECT_EQ(created.text("LoggingConfig"), R"({"LogFormat":"Text","LogGroup":"/aws/lambda/orders"})");
  EXPECT_THAT(created.text("LastModified"), testing::MatchesRegex(".*T.*\\.[0-9][0-9][0-9]\\+0000"));
  const std::string package = zip_of({{"app.py", std::string(echo)}});
  EXPECT_EQ(created.text("CodeSha256"), crypto::base64_encode(crypto::digest(crypto::Digest::sha256, package)));
  EXPECT_EQ(created.text("CodeSize"), std::to_string(package.size()));

  const Answer configuration = world_.call("GetFunctionConfiguration", R"({"FunctionName":"orders"})");
  EXPECT_EQ(configuration.output, created.output);
  const Answer function = world_.call("GetFunction", R"({"FunctionName":"orders"})");
  EXPECT_EQ(function.text("Configuration"), created.output);
  EXPECT_EQ(function.text("Code"), R"({"RepositoryType":"S3"})");
}

TEST_F(Operations, AGivenSettingTakesThePlaceOfItsDefault) {
  const Answer created = world_.create_python(
      "f", std::string(echo), R"("Architectures":["arm64"],"TracingConfig":{"Mode":"Active"},"Tags":{"team":"blue"})");
  EXPECT_EQ(created.text("Architectures"), R"(["arm64"])");
  EXPECT_EQ(created.text("TracingConfig"), R"({"Mode":"Active"})");
  EXPECT_EQ(world_.call("GetFunction", R"({"FunctionName":"f"})").text("Tags"), R"({"team":"blue"})");
}

TEST_F(Operations, ANameIsTakenOnce) {
  ASSERT_TRUE(world_.create_python("f", std::string(echo)).ok);
  const Answer again = world_.create_python("f", std::string(echo));
  EXPECT_EQ(again.error.code, "ResourceConflictException");
  EXPECT_EQ(again.error.message, "Function already exist: f");
}

TEST_F(Operations, WhatIsNotThereIsNotFound) {
  for (const char* operation :
       {"GetFunction", "GetFunctionConfiguration", "DeleteFunction", "Invoke", "UpdateFunctionConfiguration"}) {
    const Answer answer = world_.call(operation, R"({"FunctionName":"nobody"})");
    EXPECT_EQ(answer.error.code, "ResourceNotFoundException") << operation;
    EXPECT_EQ(answer.error.message, fmt::format("Function not found: {}nobody", arn_prefix)) << operation;
  }
  ASSERT_TRUE(world_.create_python("f", std::string(echo)).ok);
  EXPECT_EQ(world_.invoke("f", "{}", R"("Qualifier":"7")").error.message,
            fmt::format("Function not found: {}f:7", arn_prefix));
}

TEST_F(Operations, PackagesThatCannotBeUnpackedAreRefused) {
  const auto create_with = [&](std::string_view code) {
    return world_.call(
        "CreateFunction",
        fmt::format(
            R"({{"FunctionName":"f","Runtime":"python3.11","Handler":"a.b","Role":"arn:aws:iam::123456789012:role/r","Code":{}}})",
            code));
  };
  const Answer no_zip = create_with(R"({"ZipFile":"bm8gemlw"})");
  EXPECT_EQ(no_zip.error.code, "InvalidParameterValueException");
  EXPECT_EQ(no_zip.error.message, "Could not unzip uploaded file. Please check your file, then try to upload again.");
  EXPECT_EQ(create_with("{}").error.message, "Please provide a source for function code.");
  EXPECT_EQ(create_with(R"({"S3Bucket":"bucket","S3Key":"key"})").error.code, "NotImplemented");
  const Answer attack = world_.create("f", "python3.11", "a.b", {{"../../evil", "x"}});
  EXPECT_EQ(attack.error.code, "InvalidParameterValueException");
  EXPECT_EQ(world_.call("GetFunction", R"({"FunctionName":"f"})").error.code, "ResourceNotFoundException");
}

TEST_F(Operations, SettingsAreCheckedInAwsWords) {
  struct Case {
    const char* more;
    const char* code;
    const char* message;
  };
  for (const Case& c : {
           Case{R"("Timeout":901)", "ValidationException",
                "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have "
                "value less than or equal to 900"},
           Case{R"("Timeout":0)", "ValidationException", "greater than or equal to 1"},
           Case{R"("MemorySize":64)", "ValidationException", "greater than or equal to 128"},
           Case{R"("MemorySize":10241)", "ValidationException", "less than or equal to 10240"},
           Case{R"("Environment":{"Variables":{"AWS_REGION":"x","STAGE":"y"}})", "InvalidParameterValueException",
                "Reserved keys used in this request: AWS_REGION"},
           Case{R"("Layers":["arn:aws:lambda:us-east-1:123456789012:layer:l:1"])", "NotImplemented", "A layer"},
           Case{R"("Publish":true)", "NotImplemented", "Publishing a version"},
           Case{R"("Runtime":"java21")", "NotImplemented", "The runtime java21"},
       }) {
    const Answer answer = world_.create_python("f", std::string(echo), c.more);
    EXPECT_EQ(answer.error.code, c.code) << c.more;
    EXPECT_THAT(answer.error.message, HasSubstr(c.message)) << c.more;
  }
  const std::string large = fmt::format(R"("Environment":{{"Variables":{{"LARGE":"{}"}}}})", std::string(4'090, 'x'));
  EXPECT_THAT(world_.create_python("f", std::string(echo), large).error.message, HasSubstr("exceeded the 4KB limit"));
  const Answer no_runtime = world_.call(
      "CreateFunction",
      R"({"FunctionName":"f","Role":"arn:aws:iam::123456789012:role/r","Code":{"ZipFile":"UEs="},"Handler":"a.b"})");
  EXPECT_THAT(no_runtime.error.message, HasSubstr("Runtime and Handler are mandatory parameters"));
  EXPECT_TRUE(world_.create_python("f", std::string(echo), R"("Layers":[],"VpcConfig":{"SubnetIds":[]})").ok);
}

TEST_F(Operations, ListsInPages) {
  for (const char* name : {"b", "a", "d", "c", "e"}) ASSERT_TRUE(world_.create_python(name, std::string(echo)).ok);
  std::string names;
  std::string marker;
  int pages = 0;
  do {
    const Answer page =
        world_.call("ListFunctions",
                    marker.empty() ? R"({"MaxItems":2})" : fmt::format(R"({{"MaxItems":2,"Marker":"{}"}})", marker));
    ASSERT_TRUE(page.ok) << page.error.message;
    const std::string functions = page.text("Functions");
    for (std::size_t at = functions.find("FunctionName"); at != std::string::npos;
         at = functions.find("FunctionName", at + 1)) {
      names += functions[at + 15];
    }
    marker = page.text("NextMarker");
    ++pages;
  } while (!marker.empty());
  EXPECT_EQ(names, "abcde");
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(world_.call("ListFunctions", R"({"Marker":"***"})").error.code, "InvalidParameterValueException");
}

TEST_F(Operations, AnUpdateChangesWhatItNames) {
  const Answer created = world_.create_python("f", std::string(echo), R"("Description":"before","Timeout":5)");
  const Answer updated =
      world_.call("UpdateFunctionConfiguration", R"({"FunctionName":"f","Description":"after","MemorySize":256})");
  ASSERT_TRUE(updated.ok) << updated.error.message;
  EXPECT_EQ(updated.text("Description"), "after");
  EXPECT_EQ(updated.text("MemorySize"), "256");
  EXPECT_EQ(updated.text("Timeout"), "5");
  EXPECT_NE(updated.text("RevisionId"), created.text("RevisionId"));
  EXPECT_EQ(world_.call("GetFunctionConfiguration", R"({"FunctionName":"f"})").output, updated.output);
}

TEST_F(Operations, AnUpdateOfAnotherRevisionIsRefused) {
  const Answer created = world_.create_python("f", std::string(echo));
  const Answer stale =
      world_.call("UpdateFunctionConfiguration", R"({"FunctionName":"f","Timeout":9,"RevisionId":"another"})");
  EXPECT_EQ(stale.error.code, "PreconditionFailedException");
  EXPECT_TRUE(
      world_
          .call("UpdateFunctionConfiguration",
                fmt::format(R"({{"FunctionName":"f","Timeout":9,"RevisionId":"{}"}})", created.text("RevisionId")))
          .ok);
}

TEST_F(Operations, ADryUpdateChangesNothing) {
  const Answer created = world_.create_python("f", std::string(echo));
  const std::string package = crypto::base64_encode(zip_of({{"app.py", "other"}}));
  const Answer dry =
      world_.call("UpdateFunctionCode", fmt::format(R"({{"FunctionName":"f","DryRun":true,"ZipFile":"{}"}})", package));
  ASSERT_TRUE(dry.ok);
  EXPECT_NE(dry.text("CodeSha256"), created.text("CodeSha256"));
  EXPECT_EQ(world_.call("GetFunctionConfiguration", R"({"FunctionName":"f"})").output, created.output);
}

TEST_F(Operations, ADeletedFunctionIsGone) {
  ASSERT_TRUE(world_.create_python("f", std::string(echo)).ok);
  const Answer latest_only = world_.call("DeleteFunction", R"({"FunctionName":"f","Qualifier":"$LATEST"})");
  EXPECT_EQ(latest_only.error.message, "$LATEST version cannot be deleted without deleting the function.");
  EXPECT_EQ(world_.call("DeleteFunction", R"({"FunctionName":"f"})").status, 204);
  EXPECT_EQ(world_.invoke("f").error.code, "ResourceNotFoundException");
  EXPECT_TRUE(world_.create_python("f", std::string(echo)).ok);
}

TEST_F(Operations, PayloadsAreChecked) {
  ASSERT_TRUE(world_.create_python("f", std::string(echo)).ok);
  const Answer no_json = world_.invoke("f", "{asdf}");
  EXPECT_EQ(no_json.error.code, "InvalidRequestContentException");
  EXPECT_THAT(no_json.error.message,
              testing::StartsWith("Could not parse request body into json: Could not parse payload into json: "));
  const Answer large = world_.invoke("f", '"' + std::string(6'291'455, 'x') + '"');
  EXPECT_EQ(large.error.code, "RequestTooLargeException");
  EXPECT_EQ(large.error.message,
            "6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)");
  const Answer large_event = world_.invoke("f", '"' + std::string(262'143, 'x') + '"', R"("InvocationType":"Event")");
  EXPECT_EQ(large_event.error.message,
            "262145 byte payload is too large for the Event invocation type (limit 262144 bytes)");
  EXPECT_EQ(world_.invoke("f", "{}", R"("ClientContext":"bm8ganNvbg==")").error.code, "InvalidRequestContentException");
}

TEST_F(Operations, ADryRunOnlyLooks) {
  ASSERT_TRUE(world_.create_python("f", "raise SystemExit(3)\n").ok);
  const Answer dry = world_.invoke("f", "{}", R"("InvocationType":"DryRun")");
  ASSERT_TRUE(dry.ok);
  EXPECT_EQ(dry.status, 204);
  EXPECT_EQ(dry.payload, "");
}

}  // namespace
}  // namespace stepwell::lambda
