// A service that speaks an older protocol beside its own.

#include "models.h"
#include "wire/protocol.h"

namespace stepwell::wire {
namespace {

const ApiModel& letters_model() {
  static const auto model = load_model(R"({
    "service": "letters", "protocol": "json", "olderProtocol": "query", "targetPrefix": "Letters", "apiVersion": "2020-01-01",
    "xmlNamespace": "http://letters/", "errorNamespace": "com.example.letters", "pathMember": "Box",
    "missingError": "MissingRequiredParameterException",
    "operations": {"Send": {"input": "SendInput", "output": "SendOutput", "errors": ["NoBox"]}},
    "shapes": {
      "NoBox": {"type": "structure", "exception": 404, "code": "Older.NoBox", "members": {}},
      "SendInput": {"type": "structure", "required": ["Text"], "members": {"Box": "Text", "Text": "Text"}},
      "SendOutput": {"type": "structure", "members": {"Id": "Text"}},
      "Text": {"type": "string"}}})");
  return *model;
}

http::Request in_json(std::string body) {
  http::Request request{.method = "POST", .target = "/", .body = std::move(body)};
  request.headers.add("Content-Type", "application/x-amz-json-1.0");
  request.headers.add("X-Amz-Target", "Letters.Send");
  return request;
}

http::Request as_form(std::string target, std::string body) {
  http::Request request{.method = "POST", .target = std::move(target), .body = std::move(body)};
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  return request;
}

std::string answer(const http::Request& request) {
  Call call;
  call.caller.request_id = "id";
  if (const auto decoded = decode(letters_model(), request, call); !decoded) {
    return encode_error(letters_model(), call, decoded.error()).body;
  }
  Reply reply;
  reply.output = call.input;
  return encode(letters_model(), call, reply).body;
}

TEST(OlderProtocol, BothFindTheService) {
  const std::vector<const ApiModel*> models = {&machines_model(), &letters_model()};
  EXPECT_EQ(find_service(models, in_json("{}")), &letters_model());
  EXPECT_EQ(find_service(models, as_form("/", "Action=Send&Version=2020-01-01")), &letters_model());
  EXPECT_EQ(find_service(models, as_form("/", "Action=Send&Version=2021-01-01")), nullptr);
}

TEST(OlderProtocol, EachIsAnsweredAsItAsks) {
  EXPECT_EQ(answer(in_json(R"({"Text":"a"})")), R"({"Text":"a"})");
  EXPECT_TRUE(answer(as_form("/", "Action=Send&Version=2020-01-01&Text=a"))
                  .starts_with(R"(<SendResponse xmlns="http://letters/"><SendResult>)"));
}

TEST(OlderProtocol, ErrorsInJsonNameTheOlderCode) {
  Call call;
  const Error error{.fault = Fault::client, .code = "NoBox", .message = "None."};
  const http::Response newer = encode_error(letters_model(), call, error);
  EXPECT_EQ(newer.headers.get("x-amzn-query-error"), "Older.NoBox;Sender");
  EXPECT_EQ(newer.body, R"({"__type":"com.example.letters#NoBox","message":"None."})");
  call.protocol = Protocol::aws_query;
  const http::Response older = encode_error(letters_model(), call, error);
  EXPECT_FALSE(older.headers.contains("x-amzn-query-error"));
  EXPECT_TRUE(older.body.contains("<Code>Older.NoBox</Code>")) << older.body;
  EXPECT_EQ(older.status, 404);
}

TEST(OlderProtocol, ThePathStandsForItsMember) {
  Call call;
  ASSERT_TRUE(decode(letters_model(), as_form("/1/box", "Action=Send&Version=2020-01-01&Text=a"), call));
  EXPECT_EQ(call.text("Box"), "/1/box");
  Call named;
  ASSERT_TRUE(decode(letters_model(), as_form("/1/box", "Action=Send&Version=2020-01-01&Text=a&Box=other"), named));
  EXPECT_EQ(named.text("Box"), "other");
}

TEST(OlderProtocol, WhatIsMissingHasItsOwnError) {
  EXPECT_EQ(
      answer(in_json("{}")),
      R"({"__type":"com.amazon.coral.service#MissingRequiredParameterException","message":"The request must contain the parameter Text."})");
  EXPECT_TRUE(answer(as_form("/", "Action=Send&Version=2020-01-01")).contains("<Code>MissingParameter</Code>"));
}

}  // namespace
}  // namespace stepwell::wire
