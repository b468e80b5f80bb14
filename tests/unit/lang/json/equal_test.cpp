#include "lang/json/parse.h"
#include "lang/json/value.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::json {
namespace {

struct Case {
  const char* a;
  const char* b;
  bool equal;
};

const Case kCases[] = {
    {"null", "null", true},
    {"null", "false", false},
    {"null", "[]", false},
    {"true", "true", true},
    {"true", "false", false},
    {"\"a\"", "\"a\"", true},
    {"\"a\"", "\"\\u0061\"", true},
    {"\"a\"", "\"b\"", false},
    {"\"a\"", "\"ab\"", false},
    {"\"1\"", "1", false},
    {"\"\"", "\"\"", true},

    {"0", "-0", true},
    {"0", "0.0", true},
    {"0", "-0.000e-5", true},
    {"0", "0e5", true},
    {"1", "1.0", true},
    {"1", "-1", false},
    {"1", "10e-1", true},
    {"1", "0.1e1", true},
    {"100", "1e2", true},
    {"100", "1E+2", true},
    {"0.5", "5e-1", true},
    {"0.1", "0.10", true},
    {"0.1", "0.01", false},
    {"12", "1.2", false},
    {"12", "21", false},
    {"9007199254740992", "9007199254740993", false},
    {"9007199254740993", "9007199254740993.0", true},
    {"123456789012345678901234567890", "123456789012345678901234567891", false},
    {"123456789012345678901234567890", "1.23456789012345678901234567890e29", true},
    {"1e400", "1e401", false},
    {"1e400", "10e399", true},
    {"1e-400", "0", false},
    {"0.1", "0.1000000000000000055511151231257827", false},

    {"[]", "[]", true},
    {"[]", "{}", false},
    {"[1,2]", "[1,2.0]", true},
    {"[1,2]", "[2,1]", false},
    {"[1,2]", "[1,2,3]", false},
    {"[[1],[2,[3]]]", "[[1],[2,[3.0]]]", true},
    {"[[1],[2,[3]]]", "[[1],[2,[4]]]", false},
    {"{}", "{}", true},
    {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true},
    {"{\"a\":1,\"b\":2}", "{\"a\":2,\"b\":1}", false},
    {"{\"a\":1}", "{\"b\":1}", false},
    {"{\"a\":1}", "{\"a\":1,\"b\":2}", false},
    {"{\"a\":null}", "{\"b\":null}", false},
    {"{\"a\":{\"b\":[{\"c\":1}]}}", "{\"a\":{\"b\":[{\"c\":1.0}]}}", true},
    {"{\"a\":{\"b\":[{\"c\":1}]}}", "{\"a\":{\"b\":[{\"c\":2}]}}", false},
};

TEST(Equal, Table) {
  for (const Case& c : kCases) {
    Arena arena;
    const Value a = parse(arena, c.a).value();
    const Value b = parse(arena, c.b).value();
    EXPECT_EQ(equal(a, b), c.equal) << c.a << " " << c.b;
    EXPECT_EQ(equal(b, a), c.equal) << c.b << " " << c.a;
    EXPECT_TRUE(equal(a, parse(arena, c.a).value())) << c.a;
  }
}

TEST(Equal, LargeObjectsInAnyOrder) {
  std::string forward = "{";
  std::string backward = "{";
  for (int i = 0; i < 500; ++i) {
    forward += fmt::format("{}\"k{}\":[{}]", i == 0 ? "" : ",", i, i);
    backward += fmt::format("{}\"k{}\":[{}.0]", i == 0 ? "" : ",", 499 - i, 499 - i);
  }
  Arena arena;
  const Value a = parse_copy(arena, forward + "}").value();
  const Value b = parse_copy(arena, backward + "}").value();
  EXPECT_TRUE(equal(a, b));
  const Value c = parse_copy(arena, backward.replace(backward.find("[250"), 4, "[251") + "}").value();
  EXPECT_FALSE(equal(a, c));
}

}  // namespace
}  // namespace stepwell::json
