#include "services/apigateway/routes/route_table.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::apigateway {
namespace {

class Routes : public testing::Test {
 protected:
  void add(std::string_view key) {
    const auto parsed = RouteKey::parse(key);
    ASSERT_TRUE(parsed) << key;
    table_.add(*parsed, keys_.size());
    keys_.emplace_back(key);
  }
  std::string find(std::string_view method, std::string_view path) {
    const auto route = table_.find(method, path_segments(path));
    return route ? keys_[*route] : "none";
  }

  RouteTable table_;
  std::vector<std::string> keys_;
};

TEST_F(Routes, TheMostSpecificOneWins) {
  for (const char* key : {"$default", "ANY /{proxy+}", "GET /pets/{proxy+}", "GET /pets/dog/{id}", "GET /pets/dog/1"}) {
    add(key);
  }
  EXPECT_EQ(find("GET", "/pets/dog/1"), "GET /pets/dog/1");
  EXPECT_EQ(find("GET", "/pets/dog/2"), "GET /pets/dog/{id}");
  EXPECT_EQ(find("GET", "/pets/cat/1"), "GET /pets/{proxy+}");
  EXPECT_EQ(find("GET", "/pets/dog/1/tail"), "GET /pets/{proxy+}");
  EXPECT_EQ(find("POST", "/pets/dog/1"), "ANY /{proxy+}");
  EXPECT_EQ(find("GET", "/"), "ANY /{proxy+}");
}

TEST_F(Routes, AMethodGoesBeforeAny) {
  for (const char* key : {"ANY /pets", "GET /pets", "$default"}) add(key);
  EXPECT_EQ(find("GET", "/pets"), "GET /pets");
  EXPECT_EQ(find("PUT", "/pets"), "ANY /pets");
  EXPECT_EQ(find("PUT", "/cats"), "$default");
}

TEST_F(Routes, TextGoesBeforeVariablesButLeadsNowhere) {
  for (const char* key : {"GET /{a}/x/{b}", "GET /pets/{b}/y"}) add(key);
  EXPECT_EQ(find("GET", "/pets/x/y"), "GET /pets/{b}/y");
  EXPECT_EQ(find("GET", "/pets/x/z"), "GET /{a}/x/{b}");
}

TEST_F(Routes, EmptySegments) {
  for (const char* key : {"GET /", "GET /pets", "GET /pets/{id}", "GET /cats/{proxy+}"}) add(key);
  EXPECT_EQ(find("GET", "/"), "GET /");
  EXPECT_EQ(find("GET", "/pets/"), "none");
  EXPECT_EQ(find("GET", "/cats"), "none");
  EXPECT_EQ(find("GET", "/cats/"), "GET /cats/{proxy+}");
  EXPECT_EQ(find("GET", "//pets"), "none");
}

TEST(RouteKeys, Read) {
  for (const char* text : {"$default", "GET /", "ANY /{proxy+}", "POST /a/{b}/c-d_e.f~g", "OPTIONS /x"}) {
    const auto key = RouteKey::parse(text);
    ASSERT_TRUE(key) << text;
    EXPECT_EQ(key->is_default() ? std::string(text) : key->method + " " + key->resource(), text);
  }
  for (const char* text : {"", "GET", "GET ", "GET pets", "get /", "GET /a/", "GET //", "GET /{a}{b}", "GET /{}",
                           "GET /{a+}/b", "GET /{a}/{a}", "CONNECT /", "GET /a?b", "$other", " GET /"}) {
    EXPECT_FALSE(RouteKey::parse(text)) << text;
  }
}

TEST(RouteKeys, PathVariables) {
  const auto key = RouteKey::parse("GET /a/{b}/{rest+}");
  const auto variables = path_variables(*key, path_segments("/a/b%20c/d%2Fe/f"));
  ASSERT_EQ(variables.size(), 2U);
  EXPECT_EQ(variables[0], std::pair(std::string("b"), std::string("b c")));
  EXPECT_EQ(variables[1], std::pair(std::string("rest"), std::string("d/e/f")));
}

}  // namespace
}  // namespace stepwell::apigateway
