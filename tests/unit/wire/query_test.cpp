// The query protocol, held to the texts that other implementations of it read and write (tests/wire/test_query.py holds
// the same texts to botocore).
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "models.h"
#include "wire/protocol.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::wire {
namespace {

#pragma clang diagnostic ignored "-Wc23-extensions"
constexpr char model_text[] = {
#embed "../../support/query_model.json"
};
constexpr char cases_text[] = {
#embed "../../support/query_texts.json"
};

const ApiModel& roles_model() {
  static const auto model = load_model({model_text, sizeof model_text});
  return *model;
}

http::Request form_request(std::string body) {
  http::Request request;
  request.method = "POST";
  request.target = "/";
  request.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  request.body = std::move(body);
  return request;
}

http::Request get_request(std::string query) {
  http::Request request;
  request.method = "GET";
  request.target = "/?" + std::move(query);
  return request;
}

std::string create(std::string_view fields) { return "Action=CreateRole&Version=2010-05-08&" + std::string(fields); }

struct Refusal {
  std::string code;
  std::string message;
  bool operator==(const Refusal&) const = default;
};
void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.code << ": " << refusal.message; }

Refusal refusal_of(const http::Request& request) {
  Call call;
  const auto decoded = decode(roles_model(), request, call);
  return decoded ? Refusal{"none", json::print(call.input)} : Refusal{decoded.error().code, decoded.error().message};
}

TEST(QueryTexts, AreReadAndWritten) {
  json::Arena arena;
  const auto cases = json::parse(arena, {cases_text, sizeof cases_text});
  ASSERT_TRUE(cases);
  for (const json::Value& c : cases->elements()) {
    SCOPED_TRACE(c.find("form")->as_string());
    Call call;
    const auto decoded = decode(roles_model(), form_request(std::string(c.find("form")->as_string())), call);
    ASSERT_TRUE(decoded) << decoded.error().message << decoded.error().detail;
    EXPECT_EQ(call.operation->name, c.find("operation")->as_string());
    EXPECT_TRUE(json::equal(call.input, *c.find("input"))) << json::print(call.input);

    call.caller.request_id = "r1";
    const http::Response response =
        encode(roles_model(), call, {.output = *c.find("output"), .payload = {}, .status = {}, .detail = {}});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, c.find("answer")->as_string());
    EXPECT_EQ(response.headers.get("Content-Type"), "text/xml");
    const auto reply = decode_reply(roles_model(), call, response);
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(json::equal(reply->output, *c.find("output"))) << json::print(reply->output);

    const auto sent = encode_call(roles_model(), call);
    ASSERT_TRUE(sent);
    Call again;
    ASSERT_TRUE(decode(roles_model(), *sent, again));
    EXPECT_TRUE(json::equal(again.input, call.input)) << sent->body;
  }
}

TEST(QueryRequests, MayStandInTheTarget) {
  Call call;
  ASSERT_TRUE(
      decode(roles_model(), get_request("RoleName=a%2Bc&Version=2010-05-08&Action=DeleteRole&X-Amz-Date=x"), call));
  EXPECT_EQ(json::print(call.input), R"({"RoleName":"a+c"})");
}

TEST(QueryRequests, WithoutAnOperation) {
  EXPECT_EQ(refusal_of(form_request("")), (Refusal{"MissingAction", "Missing Action"}));
  EXPECT_EQ(refusal_of(form_request("Action=&Version=2010-05-08")), (Refusal{"MissingAction", "Missing Action"}));
  EXPECT_EQ(refusal_of(form_request("Action=Nothing&Version=2010-05-08")),
            (Refusal{"InvalidAction", "Could not find operation Nothing for version 2010-05-08"}));
  EXPECT_EQ(refusal_of(form_request("Action=ListUsers&Version=2010-05-09")),
            (Refusal{"InvalidAction", "Could not find operation ListUsers for version 2010-05-09"}));
  EXPECT_EQ(refusal_of(form_request("Action=ListUsers")),
            (Refusal{"InvalidAction", "Could not find operation ListUsers for version NO_VERSION_SPECIFIED"}));
  http::Request other = form_request("{}");
  other.headers = {};
  EXPECT_EQ(refusal_of(other).code, "MissingAction");
}

TEST(QueryRequests, AreValidatedInAwsWords) {
  EXPECT_EQ(refusal_of(form_request("Action=CreateRole&Version=2010-05-08")),
            (Refusal{"ValidationError",
                     "1 validation error detected: Value null at 'roleName' failed to satisfy constraint: Member must "
                     "not be null"}));
  EXPECT_EQ(refusal_of(form_request(create("RoleName=r&Tags.member.1.Value=x"))),
            (Refusal{"ValidationError",
                     "1 validation error detected: Value null at 'tags.1.member.key' failed to satisfy constraint: "
                     "Member must not be null"}));
  EXPECT_EQ(refusal_of(form_request(create("RoleName=r&MaxSessionDuration=many"))),
            (Refusal{"SerializationException", "STRING_VALUE can not be converted to an Integer"}));
  EXPECT_EQ(refusal_of(form_request(create("RoleName=r&Since=yesterday"))).code, "SerializationException");
}

TEST(QueryRequests, ThatDoNotFitTheShapes) {
  const auto message = [](std::string_view fields) {
    const Refusal refusal = refusal_of(form_request(create(fields)));
    EXPECT_EQ(refusal.code, "SerializationException") << fields;
    return refusal.message;
  };
  EXPECT_EQ(message("RoleName.x=r"), "Start of list found where not expected");
  EXPECT_EQ(message("RoleName=r&Tags=x"), "Unexpected list element termination");
  EXPECT_EQ(message("RoleName=r&Tags.1.Key=x"), "Top level element may not be treated as a list");
  EXPECT_EQ(message("RoleName=r&Tags.item.1.Key=x"), "Unexpected list element termination");
  EXPECT_EQ(message("RoleName=r&Tags.member.1.Key=x&Tags.other.1.Key=x"), "Unexpected list element termination");
  EXPECT_EQ(message("RoleName=r&Tags.member.1=x"), "Unexpected complex element termination");
  EXPECT_EQ(message("RoleName=r&Context.entry.1.key=x"), "Unexpected map entry termination");
  EXPECT_EQ(message("RoleName=%zz"), "Malformed query string");
  EXPECT_EQ(message("RoleName=%ff"), "Malformed query string");
}

TEST(QueryRequests, NumberTheirElementsWithoutAGap) {
  for (const char* numbers : {"0", "2", "4000000000", "01", "-1", "99999999999999999999999", ""}) {
    const Refusal refusal = refusal_of(form_request(create(fmt::format("RoleName=r&Tags.member.{}.Key=x", numbers))));
    EXPECT_EQ(refusal.message, "Unexpected list element termination") << numbers;
  }
  EXPECT_EQ(refusal_of(form_request(create("RoleName=r&Tags.member.1.Key=x&Tags.member.3.Key=x"))).message,
            "Unexpected list element termination");
  std::string fields = "RoleName=r";
  for (int i = 12; i > 0; --i) fields += fmt::format("&Tags.member.{}.Key=k{}", i, i);
  Call call;
  ASSERT_TRUE(decode(roles_model(), form_request(create(fields)), call));
  ASSERT_EQ(call.member("Tags")->size(), 12U);
  EXPECT_EQ(call.member("Tags")->elements()[10].find("Key")->as_string(), "k11");
}

TEST(QueryRequests, IgnoreWhatTheModelDoesNotKnow) {
  EXPECT_EQ(refusal_of(form_request(create("RoleName=r&Other.member.1=x&&=&.=&RoleName=second&Path"))),
            (Refusal{"none", R"({"Path":"","RoleName":"r"})"}));
}

TEST(QueryRequests, EmptyContainersAreFields) {
  EXPECT_EQ(refusal_of(form_request(create("RoleName=r&Tags=&Context="))),
            (Refusal{"none", R"({"Context":{},"RoleName":"r","Tags":[]})"}));
}

TEST(QueryRequests, AreBounded) {
  std::string fields;
  for (int i = 0; i < 100'001; ++i) fields += "a&";
  EXPECT_EQ(refusal_of(form_request(fields)), (Refusal{"SerializationException", "Too many parameters"}));
}

http::Response error_response(Error error) {
  Call call;
  call.caller.request_id = "r1";
  return encode_error(roles_model(), call, error);
}

TEST(QueryErrors, HaveTheProtocolsForm) {
  const http::Response response =
      error_response({.code = "NoSuchEntityException", .message = "The role <r> is not there.", .detail = "d"});
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.headers.get("x-amzn-requestid"), "r1");
  EXPECT_EQ(response.headers.get("x-stepwell-detail"), "d");
  EXPECT_EQ(response.body,
            "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type><Code>"
            "NoSuchEntity</Code><Message>The role &lt;r&gt; is not there.</Message></Error><RequestId>r1</RequestId>"
            "</ErrorResponse>");
}

TEST(QueryErrors, OfTheFrameworkHaveItsNames) {
  struct Case {
    const char* code;
    const char* here;
    int status;
  };
  for (const Case& c : {Case{"SerializationException", "MalformedInput", 400},
                        Case{"InvalidAction", "InvalidAction", 400}, Case{"ValidationError", "ValidationError", 400},
                        Case{"UnrecognizedClientException", "InvalidClientTokenId", 403},
                        Case{"InvalidSignatureException", "SignatureDoesNotMatch", 403},
                        Case{"EntityAlreadyExists", "EntityAlreadyExists", 409}}) {
    const http::Response response = error_response({.code = c.code, .message = "m", .detail = {}});
    EXPECT_EQ(response.status, c.status) << c.code;
    EXPECT_NE(response.body.find(fmt::format("<Type>Sender</Type><Code>{}</Code>", c.here)), std::string::npos);
  }
  const http::Response internal = error_response(internal_error("m"));
  EXPECT_EQ(internal.status, 500);
  EXPECT_NE(internal.body.find("<Type>Receiver</Type><Code>InternalFailure</Code>"), std::string::npos);
}

TEST(QueryErrors, OfAnotherSideComeBackByTheShapesName) {
  const auto error_of = [](const http::Response& response) {
    Call call;
    call.operation = roles_model().operation("DeleteRole");
    const auto reply = decode_reply(roles_model(), call, response);
    EXPECT_FALSE(reply);
    return reply ? Error{} : reply.error();
  };
  const Error missing = error_of(error_response({.code = "NoSuchEntityException", .message = "m", .detail = {}}));
  EXPECT_EQ(missing, (Error{.code = "NoSuchEntityException", .message = "m", .detail = {}, .status = 404}));
  http::Response old{
      .status = 500, .headers = {}, .body = "<Response><Errors><Error><Code>Busy</Code></Error></Errors></Response>"};
  EXPECT_EQ(error_of(old), (Error{.fault = Fault::server, .code = "Busy", .message = "", .detail = {}, .status = 500}));
  for (const char* body : {"", "{}", "<html><body>Bad gateway</body></html>",
                           "<ErrorResponse><Error><Code>a b</Code></Error></ErrorResponse>"}) {
    const http::Response foreign{.status = 502, .headers = {}, .body = body};
    EXPECT_EQ(error_of(foreign).code, "UnknownError") << body;
  }
}

TEST(QueryReplies, ThatAreNoneAreRefused) {
  Call call;
  call.operation = roles_model().operation("ListUsers");
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "<a>";
  for (const std::string& body :
       {std::string(), std::string("{}"), std::string("<a>"), std::string("<a/>"), deep,
        std::string("<!DOCTYPE a [<!ENTITY b \"b\">]><a>&b;</a>"), std::string("<a>\xff</a>")}) {
    const auto reply = decode_reply(roles_model(), call, {.status = 200, .headers = {}, .body = body});
    ASSERT_FALSE(reply) << body;
    EXPECT_EQ(reply.error().code, "SerializationException");
  }
}

TEST(QueryReplies, MayHaveNamespaces) {
  Call call;
  call.operation = roles_model().operation("ListUsers");
  const auto reply = decode_reply(
      roles_model(), call,
      {.status = 200,
       .headers = {},
       .body = "<?xml version=\"1.0\"?>\n<n:ListUsersResponse xmlns:n='x'><n:ListUsersResult>\n <n:Users/>\n"
               "<n:Marker>a<![CDATA[<b>]]>&#xe4;</n:Marker></n:ListUsersResult></n:ListUsersResponse>"});
  ASSERT_TRUE(reply);
  EXPECT_EQ(json::print(reply->output), "{\"Users\":[],\"Marker\":\"a<b>\xc3\xa4\"}");
}

TEST(QueryAnswers, HoldNothingThatXmlCannot) {
  Call call;
  call.operation = roles_model().operation("ListUsers");
  const json::Value output =
      *json::parse_copy(call.arena, "{\"Marker\":\"a\\u0000b\\u001f\\t\xef\xbf\xbf\xef\xbf\xbd\"}");
  const http::Response response =
      encode(roles_model(), call, {.output = output, .payload = {}, .status = {}, .detail = {}});
  const auto reply = decode_reply(roles_model(), call, response);
  ASSERT_TRUE(reply) << response.body;
  EXPECT_EQ(reply->output.find("Marker")->as_string(),
            "a\xef\xbf\xbd"
            "b\xef\xbf\xbd\t\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(FindService, ByActionAndVersion) {
  const std::vector<const ApiModel*> services = {&machines_model(), &functions_model(), &roles_model()};
  EXPECT_EQ(find_service(services, form_request("Version=2010-05-08&Action=ListUsers")), &roles_model());
  EXPECT_EQ(find_service(services, get_request("Version=2010-05-08&Action=ListUsers")), &roles_model());
  EXPECT_EQ(find_service(services, form_request("Version=2010-05-08&Action=Nothing")), nullptr);
  EXPECT_EQ(find_service(services, form_request("Version=2010-05-09&Action=ListUsers")), nullptr);
  EXPECT_EQ(find_service(services, form_request("")), nullptr);
  http::Request json = form_request("Version=2010-05-08&Action=ListUsers");
  json.headers = {};
  EXPECT_EQ(find_service(services, json), nullptr);
  EXPECT_EQ(find_service({&roles_model(), &roles_model()}, form_request("Version=2010-05-08&Action=ListUsers")),
            nullptr);
}

}  // namespace
}  // namespace stepwell::wire
