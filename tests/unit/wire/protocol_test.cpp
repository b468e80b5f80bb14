#include "wire/protocol.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "models.h"

#include <gtest/gtest.h>

namespace stepwell::wire {
namespace {

const std::vector<const ApiModel*> services = {&machines_model(), &functions_model()};

http::Request request_of(std::string method, std::string target, std::string body = "") {
  http::Request request;
  request.method = std::move(method);
  request.target = std::move(target);
  request.host = "localhost:4600";
  request.body = std::move(body);
  return request;
}

http::Request create_request(std::string body) {
  http::Request request = request_of("POST", "/", std::move(body));
  request.headers.add("x-amz-target", "Machines.Create");
  return request;
}

TEST(FindService, ByTargetSignatureAndUri) {
  EXPECT_EQ(find_service(services, create_request("")), &machines_model());
  http::Request request = request_of("POST", "/");
  EXPECT_EQ(find_service(services, request), nullptr);
  request.headers.add(
      "Authorization",
      "AWS4-HMAC-SHA256 Credential=a/20240101/us-east-1/functions/aws4_request, SignedHeaders=host, Signature=0");
  request.headers.add("X-Amz-Date", "20240101T000000Z");
  EXPECT_EQ(find_service(services, request), &functions_model());
  EXPECT_EQ(find_service(services, request_of("GET", "/v1/functions/a?limit=3")), &functions_model());
  EXPECT_EQ(find_service(services, request_of("GET", "/v2/functions/a")), nullptr);
  EXPECT_EQ(find_service({&functions_model(), &functions_model()}, request_of("GET", "/v1/functions/a")), nullptr);
}

TEST(UnknownService, AnswersInAwsForm) {
  http::Request request = request_of("POST", "/");
  const http::Response plain = encode_unknown_service(request, "r1");
  EXPECT_EQ(plain.status, 404);
  EXPECT_EQ(plain.body, "<UnknownOperationException/>\n");
  EXPECT_EQ(plain.headers.get("x-amzn-requestid"), "r1");
  request.headers.add("X-Amz-Target", "Nothing.Here");
  const http::Response json = encode_unknown_service(request, "r1");
  EXPECT_EQ(json.status, 400);
  EXPECT_EQ(json.body, R"({"__type":"com.amazon.coral.service#UnknownOperationException"})");
}

TEST(AwsJson, DecodesAndValidates) {
  Call call;
  {
    const http::Request request = create_request(R"({"name": "n", "size": 3})");
    ASSERT_TRUE(decode(machines_model(), request, call));
  }
  EXPECT_EQ(call.operation->name, "Create");
  EXPECT_EQ(call.text("name"), "n");
  EXPECT_EQ(call.integer("size"), 3);
}

TEST(AwsJson, AnEmptyBodyIsAnEmptyInput) {
  Call call;
  const auto result = decode(machines_model(), create_request(""), call);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message,
            "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null");
}

TEST(AwsJson, WhatIsNoOperationIsUnknown) {
  for (const std::string target : {"Machines.Nothing", "Machines", "MachinesCreate", "Machines.", "Other.Create", ""}) {
    http::Request request = request_of("POST", "/");
    request.headers.add("X-Amz-Target", target);
    Call call;
    const auto result = decode(machines_model(), request, call);
    ASSERT_FALSE(result) << target;
    EXPECT_EQ(result.error().code, "UnknownOperationException");
  }
  http::Request get = create_request("{}");
  get.method = "GET";
  Call call;
  EXPECT_FALSE(decode(machines_model(), get, call));
}

TEST(AwsJson, WhatIsNoJsonIsRefusedAsAwsDoes) {
  struct Case {
    const char* body;
    const char* answer;
  };
  for (
      const Case& c : std::vector<Case>{
          {"{", R"({"__type":"com.amazon.coral.service#SerializationException"})"},
          {"{\"name\": 1,}", R"({"__type":"com.amazon.coral.service#SerializationException"})"},
          {"null", R"({"__type":"com.amazon.coral.service#SerializationException"})"},
          {"[]",
           R"({"__type":"com.amazon.coral.service#SerializationException","Message":"Start of list found where not expected"})"},
          {R"({"name": 1})",
           R"({"__type":"com.amazon.coral.service#SerializationException","Message":"NUMBER_VALUE can not be converted to a String"})"}}) {
    Call call;
    const auto result = decode(machines_model(), create_request(c.body), call);
    ASSERT_FALSE(result) << c.body;
    const http::Response response = encode_error(machines_model(), call, result.error());
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.body, c.answer);
  }
}

TEST(AwsJson, EncodesReplies) {
  Call call;
  call.caller.request_id = "r1";
  call.operation = machines_model().operation("Create");
  Reply reply;
  reply.output = json::ObjectBuilder(call.arena).add("arn", "a\"ä").build();
  const http::Response response = encode(machines_model(), call, reply);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("Content-Type"), "application/x-amz-json-1.0");
  EXPECT_EQ(response.headers.get("x-amzn-RequestId"), "r1");
  EXPECT_EQ(response.body, R"({"arn":"a\"ä"})");
  EXPECT_EQ(encode(machines_model(), call, Reply{}).body, "{}");
}

TEST(AwsJson, EncodesErrorsUnderTheirNamespace) {
  Call call;
  call.caller.request_id = "r1";
  const auto body = [&](Error error) { return encode_error(machines_model(), call, error).body; };
  EXPECT_EQ(body({Fault::client, "Exists", "It is there.", "", 0}),
            R"({"__type":"com.example.machines#Exists","message":"It is there."})");
  EXPECT_EQ(body({Fault::client, "ValidationException", "Bad.", "Do this.", 0}),
            R"({"__type":"com.amazon.coral.validate#ValidationException","message":"Bad."})");
  EXPECT_EQ(body({Fault::client, "UnrecognizedClientException", "No.", "", 0}),
            R"({"__type":"com.amazon.coral.service#UnrecognizedClientException","message":"No."})");
  EXPECT_EQ(body({Fault::client, "UnknownOperationException", "", "", 0}),
            R"({"__type":"com.amazon.coral.service#UnknownOperationException"})");
}

TEST(AwsJson, WhatIsSaidBesideAwsTravelsInAHeader) {
  const Call call;
  const auto detail = [&](std::string text) {
    const Error error{Fault::client, "Exists", "It is there.", std::move(text), 0};
    return std::string(encode_error(machines_model(), call, error).headers.get("x-stepwell-detail"));
  };
  EXPECT_EQ(detail("Do this.\nOr that.\n"), "Do this.; Or that.");
  EXPECT_EQ(detail("a\rb\x7f"
                   "c"),
            "a b c");
  EXPECT_EQ(detail(std::string(10'000, 'x')).size(), 4096U);
  EXPECT_EQ(detail(""), "");
}

TEST(AwsJson, ErrorsAreUtf8WhateverWasSent) {
  const Call call;
  EXPECT_EQ(encode_error(machines_model(), call, {Fault::client, "Exists", "a\xff", "ä", 0}).body,
            "{\"__type\":\"com.example.machines#Exists\",\"message\":\"a\xef\xbf\xbd\"}");
}

TEST(AwsJson, TheStatusOfAnErrorIsItsOwnOrTheModels) {
  const Call call;
  const auto status = [&](Error error) { return encode_error(machines_model(), call, error).status; };
  EXPECT_EQ(status({Fault::client, "Exists", "", "", 0}), 400);
  EXPECT_EQ(status({Fault::client, "Quota", "", "", 0}), 402);
  EXPECT_EQ(status({Fault::client, "NotImplemented", "", "", 501}), 501);
  EXPECT_EQ(status(internal_error("x")), 500);
}

TEST(RestJson, MembersComeFromPathQueryHeadersAndBody) {
  Call call;
  ASSERT_TRUE(decode(
      functions_model(),
      request_of("PUT", "/v1/functions/a%2Fb?token=x%20y", R"({"Size": 7, "Name": "no", "token": "no"})"), call));
  EXPECT_EQ(call.operation->name, "Put");
  EXPECT_EQ(call.text("Name"), "a/b");
  EXPECT_EQ(call.text("Token"), "x y");
  EXPECT_EQ(call.integer("Size"), 7);
}

TEST(RestJson, AMemberOfAnotherPlaceIsNotTakenFromTheBody) {
  Call call;
  ASSERT_TRUE(decode(functions_model(), request_of("PUT", "/v1/functions/a", R"({"Token": "no"})"), call));
  EXPECT_FALSE(call.has("Token"));
}

TEST(RestJson, TextsBecomeTheTypeOfTheirShape) {
  Call call;
  ASSERT_TRUE(decode(functions_model(), request_of("GET", "/v1/functions/12/?limit=12&dry=true"), call));
  EXPECT_EQ(call.text("Name"), "12");
  EXPECT_EQ(call.integer("Limit"), 12);
  EXPECT_TRUE(call.flag("Dry"));
  Call wrong;
  EXPECT_EQ(decode(functions_model(), request_of("GET", "/v1/functions/a?limit=x"), wrong).error().message,
            "STRING_VALUE can not be converted to an Integer");
  EXPECT_EQ(decode(functions_model(), request_of("GET", "/v1/functions/a?limit=101"), wrong).error().message,
            "1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member must have value "
            "less than or "
            "equal to 100");
  EXPECT_EQ(decode(functions_model(), request_of("GET", "/v1/functions/%ff"), wrong).error().code,
            "SerializationException");
}

TEST(RestJson, APayloadIsTheWholeBody) {
  Call call;
  http::Request request = request_of("POST", "/v1/functions/f/invocations", "\xff not JSON");
  request.headers.add("x-kind", "Event");
  ASSERT_TRUE(decode(functions_model(), request, call));
  EXPECT_EQ(call.payload, "\xff not JSON");
  EXPECT_EQ(call.text("Kind"), "Event");
  Call structured;
  ASSERT_TRUE(
      decode(functions_model(), request_of("POST", "/v1/functions/f/replacement", R"({"Size": 3})"), structured));
  EXPECT_EQ(json::print(*structured.member("Function")), R"({"Size":3})");
  Call empty;
  ASSERT_TRUE(decode(functions_model(), request_of("POST", "/v1/functions/f/replacement"), empty));
  EXPECT_FALSE(empty.has("Function"));
}

TEST(RestJson, OtherPathsAndMethodsAreUnknown) {
  for (const auto& [method, target] : std::vector<std::pair<std::string, std::string>>{{"PATCH", "/v1/functions/a"},
                                                                                       {"GET", "/v1/functions"},
                                                                                       {"GET", "/v1/functions//x"},
                                                                                       {"GET", "/v1/functions/a/b"},
                                                                                       {"GET", "/"}}) {
    Call call;
    const auto result = decode(functions_model(), request_of(method, target), call);
    ASSERT_FALSE(result) << target;
    EXPECT_EQ(result.error().code, "UnknownOperationException");
    EXPECT_EQ(encode_error(functions_model(), call, result.error()).status, 404);
  }
}

TEST(RestJson, EncodesRepliesToTheirPlaces) {
  Call call;
  call.caller.request_id = "r1";
  call.operation = functions_model().operation("Invoke");
  Reply reply;
  reply.output = json::ObjectBuilder(call.arena).add("FunctionError", "Unhandled").add("StatusCode", 200).build();
  reply.payload = "[1]";
  reply.status = 202;
  const http::Response response = encode(functions_model(), call, reply);
  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(response.headers.get("X-Function-Error"), "Unhandled");
  EXPECT_EQ(response.headers.get("x-amzn-RequestId"), "r1");
  EXPECT_EQ(response.body, "[1]");
  call.operation = functions_model().operation("Put");
  reply.output = json::ObjectBuilder(call.arena).add("Name", "n").build();
  reply.status.reset();
  EXPECT_EQ(encode(functions_model(), call, reply).status, 201);
  EXPECT_EQ(encode(functions_model(), call, reply).body, R"({"Name":"n"})");
  EXPECT_EQ(encode(functions_model(), call, Reply{}).body, "{}");
  call.operation = functions_model().operation("Delete");
  EXPECT_EQ(encode(functions_model(), call, Reply{}).status, 204);
  EXPECT_EQ(encode(functions_model(), call, Reply{}).body, "");
}

TEST(RestJson, EncodesErrorsAsTheModelSpellsThem) {
  Call call;
  call.caller.request_id = "r1";
  const http::Response found =
      encode_error(functions_model(), call, {Fault::client, "NotFound", "Function not found: f", "", 0});
  EXPECT_EQ(found.status, 404);
  EXPECT_EQ(found.headers.get("x-amzn-ErrorType"), "NotFound");
  EXPECT_EQ(found.body, R"({"Type":"User","Message":"Function not found: f"})");
  const http::Response throttled = encode_error(functions_model(), call, {Fault::server, "Throttled", "m", "d", 0});
  EXPECT_EQ(throttled.status, 429);
  EXPECT_EQ(throttled.body, R"({"Type":"Service","message":"m"})");
  const http::Response invalid =
      encode_error(functions_model(), call, {Fault::client, "ValidationException", "m", "", 0});
  EXPECT_EQ(invalid.status, 400);
  EXPECT_EQ(invalid.body, R"({"message":"m"})");
  EXPECT_EQ(encode_error(functions_model(), call, {Fault::client, "UnrecognizedClientException", "m", "", 0}).status,
            403);
}

}  // namespace
}  // namespace stepwell::wire
