// apigateway:invoke and http:invoke: the request that goes out, and the answer as workflows see it.

#include "service_fixture.h"

#include <optional>
#include <vector>

namespace stepwell::states {
namespace {

class FakeClient final : public http::Client {
 public:
  Task<Result<http::Response>> send(http::Call call) override {
    calls.push_back(call);
    if (answers.empty()) co_return fail(Error{.code = "ConnectionFailed", .message = "nobody there", .detail = {}});
    auto answer = std::move(answers.front());
    answers.erase(answers.begin());
    co_return answer;
  }
  void answer(int status, std::string body, std::string_view type = "application/json") {
    http::Response response{.status = status, .headers = {}, .body = std::move(body)};
    response.headers.add("Content-Type", std::string(type));
    answers.emplace_back(std::move(response));
  }

  std::vector<http::Call> calls;
  std::vector<Result<http::Response>> answers;
};

// Adds a header, and a member of the body.
class FakeConnections final : public deliveries::Connections {
 public:
  Task<Result<http::Call>> authorize(std::string connection_arn, http::Call call) override {
    asked.push_back(std::move(connection_arn));
    if (failure) co_return fail(*failure);
    call.request.headers.add("X-Key", "secret");
    if (!member.empty()) call.request.body.insert(1, call.request.body == "{}" ? member : member + ",");
    co_return std::move(call);
  }
  std::vector<std::string> asked;
  std::optional<Error> failure;
  std::string member;
};

constexpr auto arn = "arn:aws:events:us-east-1:123456789012:connection/c/1";

class HttpTasksTest : public ServiceTest {
 protected:
  http::Client* http() override { return &client_; }
  deliveries::Connections* connections() override { return &connections_; }

  std::string run(const std::string& resource, const std::string& parameters) {
    const std::string name = fmt::format("m{}", ++machines_);
    create_machine(name,
                   fmt::format(R"({{"StartAt":"T","States":{{"T":{{"Type":"Task","Resource":"arn:aws:states:::{}",)"
                               R"("Parameters":{},"End":true}}}}}})",
                               resource, parameters));
    start_execution(name, "e");
    return describe(name, "e");
  }
  std::string call_api(const std::string& more) {
    return run("apigateway:invoke",
               R"({"ApiEndpoint":"a.execute-api.eu-west-1.amazonaws.com","Method":"GET")" + more + "}");
  }
  std::string call_http(const std::string& more) {
    return run("http:invoke", fmt::format(R"({{"ApiEndpoint":"https://api.example/x","Method":"POST",)"
                                          R"("InvocationConfig":{{"ConnectionArn":"{}"}}{}}})",
                                          arn, more));
  }
  std::string sent(std::string_view header) { return std::string(client_.calls.back().request.headers.get(header)); }
  static std::string failure(const std::string& execution) {
    return member(execution, "error") + ": " + member(execution, "cause");
  }

  FakeClient client_;
  FakeConnections connections_;
  int machines_ = 0;
};

TEST_F(HttpTasksTest, AnApiIsCalled) {
  client_.answer(200, R"({"a":1})");
  const std::string done = call_api(R"(,"Stage":"prod","Path":"/pets/1","Headers":{"X-One":["1","2"]},)"
                                    R"("QueryParameters":{"a b":["c&d","e"]},"RequestBody":{"x":null,"y":[1]})");
  EXPECT_EQ(
      member(done, "output"),
      R"({"Headers":{"Content-Type":["application/json"]},"ResponseBody":{"a":1},"StatusCode":200,"StatusText":"OK"})");
  const auto& call = client_.calls.at(0);
  EXPECT_EQ(call.url, "https://a.execute-api.eu-west-1.amazonaws.com/prod/pets/1?a%20b=c%26d&a%20b=e");
  EXPECT_EQ(call.request.method, "GET");
  EXPECT_EQ(call.request.body, R"({"y":[1]})");
  EXPECT_EQ(call.request.headers.fields().at(1).second, "2");
  EXPECT_EQ(sent("Content-Type"), "application/json");
  EXPECT_FALSE(call.request.headers.contains("Authorization"));
}

TEST_F(HttpTasksTest, NullsOfTheBodyAreKeptWhereThatIsAsked) {
  client_.answer(200, "{}");
  call_api(R"(,"RequestBody":{"x":null},"AllowNullValues":true)");
  EXPECT_EQ(client_.calls.at(0).request.body, R"({"x":null})");
}

TEST_F(HttpTasksTest, AnApiRefuses) {
  client_.answer(403, R"({"message":"Missing Authentication Token"})");
  EXPECT_EQ(failure(call_api("")), R"(ApiGateway.403: {"message":"Missing Authentication Token"})");
  EXPECT_EQ(failure(call_api("")), "ApiGateway.SdkClientException: nobody there");
}

TEST_F(HttpTasksTest, HeadersOfAnApiAreLists) {
  const std::string text = failure(call_api(R"(,"Headers":{"X-One":"1"})"));
  EXPECT_TRUE(text.starts_with("States.Runtime: ")) << text;
  EXPECT_TRUE(text.ends_with("[The value of the field 'Headers' has an invalid format]")) << text;
  EXPECT_TRUE(client_.calls.empty());
}

TEST_F(HttpTasksTest, AConnectionProvesWhoCalls) {
  client_.answer(200, "text", "text/plain");
  const std::string done = call_http(R"(,"RequestBody":{"a":[1,{"b":2}]},"QueryParameters":{"q":"a b","r":["1",2]})");
  EXPECT_EQ(member(done, "output"),
            R"({"Headers":{"Content-Type":["text/plain"]},"ResponseBody":"text","StatusCode":200,"StatusText":"OK"})");
  EXPECT_EQ(connections_.asked, std::vector<std::string>{arn});
  EXPECT_EQ(sent("X-Key"), "secret");
  EXPECT_EQ(sent("User-Agent"), "Amazon|StepFunctions|HttpInvoke|us-east-1");
  EXPECT_EQ(sent("Content-Type"), "application/json");
  EXPECT_EQ(client_.calls.back().url, "https://api.example/x?q=a%20b&r=1&r=2");
  EXPECT_EQ(client_.calls.back().request.body, R"({"a":[1,{"b":2}]})");
  EXPECT_EQ(client_.calls.back().timeout, Duration(60'000));
}

TEST_F(HttpTasksTest, WithoutABodyNoneIsSent) {
  client_.answer(200, "{}");
  client_.answer(200, "{}");
  call_http("");
  EXPECT_EQ(client_.calls.back().request.body, "");
  EXPECT_FALSE(client_.calls.back().request.headers.contains("Content-Type"));
  connections_.member = R"("of":"the connection")";
  call_http("");
  EXPECT_EQ(client_.calls.back().request.body, R"({"of":"the connection"})");
}

TEST_F(HttpTasksTest, BodiesMayBeForms) {
  for (const auto& [format, body] :
       {std::pair("INDICES", "a%5B0%5D=1&a%5B1%5D=x%20y&o%5Bp%5D=true"),
        std::pair("REPEAT", "a=1&a=x%20y&o%5Bp%5D=true"), std::pair("COMMAS", "a=1%2Cx%20y&o%5Bp%5D=true"),
        std::pair("BRACKETS", "a%5B%5D=1&a%5B%5D=x%20y&o%5Bp%5D=true")}) {
    client_.answer(200, "{}");
    call_http(fmt::format(R"(,"RequestBody":{{"a":[1,"x y"],"o":{{"p":true}}}},"Transform":{{)"
                          R"("RequestBodyEncoding":"URL_ENCODED","RequestEncodingOptions":{{"ArrayFormat":"{}"}}}})",
                          format));
    EXPECT_EQ(client_.calls.back().request.body, body);
    EXPECT_EQ(sent("Content-Type"), "application/x-www-form-urlencoded");
  }
}

TEST_F(HttpTasksTest, HttpTasksFail) {
  connections_.failure = Error{.code = "ResourceNotFoundException", .message = "no such connection", .detail = {}};
  EXPECT_EQ(failure(call_http("")), "Events.ConnectionResource.ResourceNotFound: no such connection");
  connections_.failure.reset();
  client_.answer(429, "slow down");
  EXPECT_EQ(failure(call_http("")), "States.Http.StatusCode.429: slow down");
  EXPECT_EQ(failure(call_http("")), "States.Http.Socket: nobody there");
  client_.answers.emplace_back(fail(Error{.code = "ResponseTooLarge", .message = "large", .detail = {}}));
  EXPECT_EQ(failure(call_http("")), "States.DataLimitExceeded: large");
  client_.answer(200, "\xff\xfe", "text/plain");
  EXPECT_EQ(failure(call_http("")), "States.Runtime: The answer of the API is no text.");
  client_.answer(200, "x", "image/png");
  EXPECT_EQ(failure(call_http("")), "States.Runtime: The answer of the API is no text.");
  client_.calls.clear();
  for (const std::string header : {"Host", "authorization", "X-Amz-Date", "X-Forwarded-For", "If-Match"}) {
    const std::string text = failure(call_http(fmt::format(R"(,"Headers":{{"{}":"x"}})", header)));
    EXPECT_TRUE(text.starts_with("States.Runtime: ")) << text;
  }
  EXPECT_TRUE(client_.calls.empty());
}

}  // namespace
}  // namespace stepwell::states
