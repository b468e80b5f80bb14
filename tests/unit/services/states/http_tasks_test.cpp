// apigateway:invoke and http:invoke: the request that goes out, and the answer as workflows see it.

#include "service_fixture.h"

#include <map>

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

class FakeConnections final : public directory::Connections {
 public:
  Result<directory::Connection> find(std::string_view arn) override {
    const auto found = known.find(arn);
    if (found != known.end()) return found->second;
    return fail(Error{.code = "ResourceNotFoundException", .message = "no such connection", .detail = {}});
  }
  std::map<std::string, directory::Connection, std::less<>> known;
};

constexpr auto arn = "arn:aws:events:us-east-1:123456789012:connection/c/1";

class HttpTasksTest : public ServiceTest {
 protected:
  http::Client* http() override { return &client_; }
  directory::Connections* connections() override { return &connections_; }

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
  void connect(directory::Connection connection) {
    connection.arn = arn;
    connections_.known[arn] = std::move(connection);
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
  using enum directory::Connection::Kind;
  for (const auto& [connection, header, value] :
       {std::tuple(directory::Connection{.kind = api_key, .name = "X-Key", .secret = "s"}, "X-Key", "s"),
        std::tuple(directory::Connection{.kind = basic, .name = "Ada", .secret = "pass"}, "Authorization",
                   "Basic QWRhOnBhc3M=")}) {
    connect(connection);
    client_.answer(200, "text", "text/plain");
    const std::string done = call_http(R"(,"RequestBody":{"a":[1,{"b":2}]})");
    EXPECT_EQ(
        member(done, "output"),
        R"({"Headers":{"Content-Type":["text/plain"]},"ResponseBody":"text","StatusCode":200,"StatusText":"OK"})");
    EXPECT_EQ(sent(header), value);
    EXPECT_EQ(sent("User-Agent"), "Amazon|StepFunctions|HttpInvoke|us-east-1");
    EXPECT_EQ(client_.calls.back().request.body, R"({"a":[1,{"b":2}]})");
    EXPECT_EQ(client_.calls.back().timeout, Duration(60'000));
  }
}

TEST_F(HttpTasksTest, TokensAreGotAndKeptAndRenewed) {
  connect({.kind = directory::Connection::Kind::oauth_client_credentials,
           .name = "id",
           .secret = "s&",
           .token_url = "https://token.example/t",
           .token_parameters = {.headers = {}, .query = {}, .body = {{"scope", "a b"}}}});
  client_.answer(200, R"({"access_token":"one","expires_in":3600})");
  client_.answer(200, "{}");
  call_http("");
  ASSERT_EQ(client_.calls.size(), 2U);
  EXPECT_EQ(client_.calls[0].url, "https://token.example/t");
  EXPECT_EQ(client_.calls[0].request.body, "grant_type=client_credentials&client_id=id&client_secret=s%26&scope=a%20b");
  EXPECT_EQ(sent("Authorization"), "Bearer one");
  client_.answer(200, "{}");
  call_http("");
  EXPECT_EQ(client_.calls.size(), 3U);  // with the same token
  client_.answer(401, "{}");            // which is no longer good
  client_.answer(200, R"({"access_token":"two"})");
  client_.answer(200, "{}");
  EXPECT_EQ(member(call_http(""), "status"), "SUCCEEDED");
  EXPECT_EQ(sent("Authorization"), "Bearer two");
  pass(Duration(3'600'000));
  client_.answer(500, "{}");
  EXPECT_TRUE(failure(call_http("")).starts_with("Events.ConnectionResource.InvalidConnectionState: "));
}

TEST_F(HttpTasksTest, TheConnectionsParametersWin) {
  connect({.name = "X-Key",
           .secret = "s",
           .invocation = {.headers = {{"x-a", "theirs"}}, .query = {{"q", "theirs"}}, .body = {{"b", "theirs"}}}});
  client_.answer(200, "{}");
  call_http(R"(,"Headers":{"X-A":"mine","X-B":"mine"},"QueryParameters":{"q":"mine","r":["1","2"]},)"
            R"("RequestBody":{"b":"mine","c":1})");
  EXPECT_EQ(sent("X-A"), "theirs");
  EXPECT_EQ(sent("X-B"), "mine");
  EXPECT_EQ(client_.calls.back().url, "https://api.example/x?r=1&r=2&q=theirs");
  EXPECT_EQ(client_.calls.back().request.body, R"({"b":"theirs","c":1})");
}

TEST_F(HttpTasksTest, BodiesMayBeForms) {
  connect({.name = "X-Key", .secret = "s"});
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
  EXPECT_EQ(failure(call_http("")), "Events.ConnectionResource.ResourceNotFound: no such connection");
  connect({.name = "X-Key", .secret = "s"});
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
