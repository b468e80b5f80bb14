// What this side sends is what the other side reads, and the other way round.
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "models.h"
#include "wire/protocol.h"

#include <gtest/gtest.h>

namespace stepwell::wire {
namespace {

Call call_of(const ApiModel& model, std::string_view operation, std::string_view input, std::string payload = "") {
  Call call;
  call.operation = model.operation(operation);
  call.input = *json::parse_copy(call.arena, input);
  call.payload = std::move(payload);
  return call;
}

TEST(Client, AwsJsonCalls) {
  const Call call = call_of(machines_model(), "Create", R"({"name":"n"})");
  const auto request = encode_call(machines_model(), call);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->method, "POST");
  EXPECT_EQ(request->target, "/");
  EXPECT_EQ(request->headers.get("X-Amz-Target"), "Machines.Create");
  EXPECT_EQ(request->headers.get("Content-Type"), "application/x-amz-json-1.0");
  EXPECT_EQ(request->body, R"({"name":"n"})");
}

TEST(Client, RestJsonCalls) {
  const auto put =
      encode_call(functions_model(), call_of(functions_model(), "Put", R"({"Name":"a/b c","Size":3,"Token":"x&y"})"));
  ASSERT_TRUE(put);
  EXPECT_EQ(put->method, "PUT");
  EXPECT_EQ(put->target, "/v1/functions/a%2Fb%20c?token=x%26y");
  EXPECT_EQ(put->body, R"({"Size":3})");
  const auto get =
      encode_call(functions_model(), call_of(functions_model(), "Get", R"({"Name":"a","Limit":7,"Dry":false})"));
  EXPECT_EQ(get->target, "/v1/functions/a?limit=7&dry=false");
  EXPECT_EQ(get->body, "");
  EXPECT_FALSE(get->headers.contains("Content-Type"));
  const auto invoke =
      encode_call(functions_model(), call_of(functions_model(), "Invoke", R"({"Name":"a","Kind":"Event"})", "[1]"));
  EXPECT_EQ(invoke->headers.get("X-Kind"), "Event");
  EXPECT_EQ(invoke->body, "[1]");
}

TEST(Client, EveryCallIsReadAsItWasMeant) {
  struct Case {
    const ApiModel& model;
    const char* operation;
    const char* input;
    const char* payload;
  };
  for (const Case& c : std::vector<Case>{{machines_model(), "Create", R"({"name":"ä\"","size":3})", ""},
                                         {machines_model(), "Ping", "{}", ""},
                                         {functions_model(), "Put", R"({"Size":3,"Name":"a?b#c","Token":" "})", ""},
                                         {functions_model(), "Get", R"({"Name":"a%b","Limit":1,"Dry":true})", ""},
                                         {functions_model(), "Get", R"({"Name":"a","Tags":["x&y","z"]})", ""},
                                         {functions_model(), "Invoke", R"({"Name":"ä","Kind":"k"})", "raw"},
                                         {functions_model(), "Replace", R"({"Function":{"Size":1},"Name":"n"})", ""},
                                         {functions_model(), "Delete", R"({"Name":"n"})", ""}}) {
    const Call call = call_of(c.model, c.operation, c.input, c.payload);
    const auto request = encode_call(c.model, call);
    ASSERT_TRUE(request);
    Call read;
    const auto result = decode(c.model, *request, read);
    ASSERT_TRUE(result) << c.input << result.error().message;
    EXPECT_EQ(read.operation, call.operation);
    EXPECT_TRUE(json::equal(read.input, call.input)) << json::print(read.input);
    EXPECT_EQ(read.payload, c.payload);
  }
}

TEST(Client, AHeaderCannotBeSplit) {
  const auto request =
      encode_call(functions_model(), call_of(functions_model(), "Invoke", R"({"Name":"a","Kind":"x\r\nHost: y"})"));
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().code, "SerializationException");
}

TEST(Client, RepliesComeBack) {
  Call call = call_of(functions_model(), "Invoke", R"({"Name":"a"})");
  Reply reply;
  reply.output = json::ObjectBuilder(call.arena).add("FunctionError", "Unhandled").build();
  reply.payload = R"({"errorType":"E"})";
  call.caller.request_id = "theirs";
  const http::Response response = encode(functions_model(), call, reply);
  call.caller.request_id = "ours";
  const auto back = decode_reply(functions_model(), call, response);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->payload, R"({"errorType":"E"})");
  EXPECT_EQ(back->status, 200);
  EXPECT_EQ(json::print(back->output), R"({"StatusCode":200,"FunctionError":"Unhandled"})");
  EXPECT_EQ(call.caller.request_id, "theirs");

  Call create = call_of(machines_model(), "Create", R"({"name":"a"})");
  Reply made;
  made.output = json::ObjectBuilder(create.arena).add("arn", "x").build();
  EXPECT_EQ(json::print(decode_reply(machines_model(), create, encode(machines_model(), create, made))->output),
            R"({"arn":"x"})");
}

TEST(Client, ErrorsComeBack) {
  Call call;
  const Error error{Fault::client, "Quota", "Too many.", "Delete some.", 402};
  EXPECT_EQ(decode_reply(machines_model(), call, encode_error(machines_model(), call, error)).error(), error);
  const Error missing{Fault::client, "NotFound", "No.", "", 404};
  EXPECT_EQ(decode_reply(functions_model(), call, encode_error(functions_model(), call, missing)).error(), missing);
  const Error broken{Fault::server, "InternalServerError", "x", "", 500};
  EXPECT_EQ(decode_reply(machines_model(), call, encode_error(machines_model(), call, broken)).error(), broken);
}

TEST(Client, ForeignErrorsKeepWhatTheySaid) {
  Call call;
  http::Response response;
  response.status = 503;
  response.body = "<html>busy</html>";
  const auto result = decode_reply(machines_model(), call, response);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), (Error{Fault::server, "UnknownError", "", "<html>busy</html>", 503}));
  response.headers.add("x-amzn-ErrorType", "Busy:http://internal.amazon.com/");
  EXPECT_EQ(decode_reply(machines_model(), call, response).error().code, "Busy");
}

TEST(Client, WhatIsNoNameIsNoCode) {
  Call call;
  http::Response response;
  response.status = 400;
  response.body = R"({"__type":"a\r\nX: y","message":"m"})";
  EXPECT_EQ(decode_reply(machines_model(), call, response).error().code, "UnknownError");
}

TEST(Client, ASuccessMustBeInTheProtocol) {
  Call call;
  call.operation = machines_model().operation("Create");
  http::Response response;
  response.body = "no JSON";
  EXPECT_EQ(decode_reply(machines_model(), call, response).error().code, "SerializationException");
}

}  // namespace
}  // namespace stepwell::wire
