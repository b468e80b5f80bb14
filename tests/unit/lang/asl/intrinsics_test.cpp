// What intrinsic functions give for their arguments, as tables.
#include "lang/asl/intrinsics/intrinsic.h"
#include "lang/json/print.h"
#include "plain_activation.h"

#include <gtest/gtest.h>

namespace stepwell::asl {
namespace {

struct Case {
  const char* function;
  std::string arguments;  // a JSON array
  std::string result;     // JSON
};

class Gives : public testing::TestWithParam<Case> {};

TEST_P(Gives, TheResult) {
  const Case& test = GetParam();
  const Intrinsic* function = find_intrinsic(test.function);
  ASSERT_NE(function, nullptr);
  PlainActivation activation;
  const std::span<const json::Value> arguments = activation.value(test.arguments).elements();
  ASSERT_GE(arguments.size(), function->min_arguments);
  ASSERT_LE(arguments.size(), function->max_arguments);
  const Evaluated<json::Value> result = function->call(activation, arguments);
  ASSERT_TRUE(result) << result.error().cause.value_or("");
  EXPECT_EQ(json::print(*result), test.result) << test.function << test.arguments;
}

const Case kArrays[] = {
    {"States.Array", "[]", "[]"},
    {"States.Array", R"([1,"a",null,{"x":[]}])", R"([1,"a",null,{"x":[]}])"},
    {"States.ArrayPartition", "[[],4]", "[]"},
    {"States.ArrayPartition", "[[1,2,3,4,5],2]", "[[1,2],[3,4],[5]]"},
    {"States.ArrayPartition", "[[1,2,3],3]", "[[1,2,3]]"},
    {"States.ArrayPartition", "[[1,2,3],2147483647]", "[[1,2,3]]"},
    {"States.ArrayPartition", "[[1,2,3,4,5],2.6]", "[[1,2],[3,4],[5]]"},
    {"States.ArrayContains", "[[1,2,3],2]", "true"},
    {"States.ArrayContains", "[[1,2,3],5]", "false"},
    {"States.ArrayContains", "[[],[]]", "false"},
    {"States.ArrayContains", "[[[1,2],3],[1,2]]", "true"},
    {"States.ArrayContains", "[[[1,2],3],null]", "false"},
    {"States.ArrayContains", "[[1,null],null]", "true"},
    {"States.ArrayContains", R"([[{"a":1,"b":[]}],{"a":1,"b":[]}])", "true"},
    {"States.ArrayContains", R"([[{"a":1}],{"a":1,"b":null}])", "false"},
    {"States.ArrayContains", R"([[{"a":1,"b":2}],{"b":2,"a":1}])", "false"},
    {"States.ArrayContains", R"([["1"],1])", "true"},
    {"States.ArrayContains", R"([["true"],true])", "true"},
    {"States.ArrayContains", "[[0,1],false]", "false"},
    {"States.ArrayRange", "[0,10,3]", "[0,3,6,9]"},
    {"States.ArrayRange", "[1,9,9]", "[1]"},
    {"States.ArrayRange", "[-2,2,2]", "[-2,0,2]"},
    {"States.ArrayRange", "[5,1,-2]", "[5,3,1]"},
    {"States.ArrayRange", "[3,3,-1]", "[3]"},
    {"States.ArrayRange", "[5,1,1]", "[]"},
    {"States.ArrayRange", "[1,5,-1]", "[]"},
    {"States.ArrayRange", "[1.6,1.4,1]", "[1]"},
    {"States.ArrayRange", "[5.4,-0.6,-2.4]", "[5,3,1]"},
    {"States.ArrayRange", "[2147483646,2147483647,1]", "[2147483646,2147483647]"},
    {"States.ArrayRange", "[-2147483648,2147483647,2147483647]", "[-2147483648,-1,2147483646]"},
    {"States.ArrayGetItem", "[[1,2,3],0]", "1"},
    {"States.ArrayGetItem", "[[1,2,3],2]", "3"},
    {"States.ArrayGetItem", "[[1,2,3],1.9]", "2"},
    {"States.ArrayGetItem", "[[null],0]", "null"},
    {"States.ArrayGetItem", "[[],999]", "null"},
    {"States.ArrayLength", "[[]]", "0"},
    {"States.ArrayLength", "[[1,[2,3],null]]", "3"},
    {"States.ArrayUnique", "[[]]", "[]"},
    {"States.ArrayUnique", "[[1,2,3,3,3,4]]", "[1,2,3,4]"},
    {"States.ArrayUnique", R"([["a","b","a","c","b"]])", R"(["a","b","c"])"},
    {"States.ArrayUnique", "[[true,false,true]]", "[false,true]"},
    {"States.ArrayUnique", "[[[1,2],[1,2],[2,1]]]", "[[2,1],[1,2]]"},
    {"States.ArrayUnique", "[[null,null,1,null]]", "[null,1]"},
    {"States.ArrayUnique", R"([[1,"1","01"]])", R"([1,"1","01"])"},
    {"States.ArrayUnique", R"([[{"a":1,"b":2},{"b":2,"a":1}]])", R"([{"a":1,"b":2}])"},
    {"States.ArrayUnique", "[[3,1,2]]", "[1,2,3]"},
    {"States.ArrayUnique", "[[17,1,33]]", "[17,1,33]"},
    {"States.ArrayUnique", R"([["😀","é","ж"]])", R"(["ж","😀","é"])"},
};

const Case kTexts[] = {
    {"States.Format", R"(["no place"])", R"("no place")"},
    {"States.Format", R"(["{} {}","a",2])", R"("a 2")"},
    {"States.Format", R"(["{}|{}|{}|{}",null,true,1.1,""])", R"("null|true|1.1|")"},
    {"States.Format", R"(["{}",{"Id":"arn","Name":[1,"x",{}]}])", R"("{Id=arn, Name=[1, x, {}]}")"},
    {"States.Format", R"(["{}{}{}",1.0,1e10,12345678.9])", R"("1.01.0E101.23456789E7")"},
    {"States.Format", R"(["{}{}{}",0.001,0.0001,-0.0])", R"("0.0011.0E-4-0.0")"},
    {"States.Format", R"(["{}",123456789012345678901234567890])", R"("123456789012345678901234567890")"},
    {"States.Format", R"(["\\{{}\\}",1])", R"("{1}")"},
    {"States.Format", R"(["a\\b"])", R"("a\\b")"},
    {"States.Format", "[12]", R"("12")"},
    {"States.StringSplit", R"(["1,2,3",","])", R"(["1","2","3"])"},
    {"States.StringSplit", R"([",,,,",","])", "[]"},
    {"States.StringSplit", R"([", , ,",","])", R"([" "," "])"},
    {"States.StringSplit", R"(["1+2,3.4",".+,"])", R"(["1","2","3","4"])"},
    {"States.StringSplit", R"(["1a2b3ab4","ab"])", R"(["1","2","3","4"])"},
    {"States.StringSplit", R"(["abc",""])", R"(["abc"])"},
    {"States.StringSplit", R"(["",","])", "[]"},
    {"States.StringSplit", R"(["aéèb","é"])", R"(["a","èb"])"},
    {"States.Base64Encode", R"([""])", R"("")"},
    {"States.Base64Encode", R"(["Data to encode"])", R"("RGF0YSB0byBlbmNvZGU=")"},
    {"States.Base64Encode", R"(["✓"])", R"("4pyT")"},
    {"States.Base64Decode", R"([""])", R"("")"},
    {"States.Base64Decode", R"(["RGF0YSB0byBlbmNvZGU="])", R"("Data to encode")"},
    {"States.Base64Decode", R"(["4pyT"])", R"("✓")"},
    {"States.Base64Decode", R"(["YWJjAGRlZg=="])", R"("abc\u0000def")"},
    {"States.Base64Decode", R"([" YWJj\nZA== "])", R"("abcd")"},
    {"States.Base64Decode", R"(["YWJjZA"])", R"("abcd")"},
    {"States.Base64Decode", R"(["Pj4-"])", R"(">>>")"},
    {"States.Base64Decode", R"(["YWI=YWI="])", R"("ab")"},
    {"States.Base64Decode", R"(["Yf8="])", "\"a\xEF\xBF\xBD\""},
    {"States.Base64Decode", R"(["4pw="])", "\"\xEF\xBF\xBD\""},
    {"States.Base64Decode", R"(["7aCA"])", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
    {"States.Hash", R"(["hello","MD5"])", R"("5d41402abc4b2a76b9719d911017c592")"},
    {"States.Hash", R"(["hello","SHA-1"])", R"("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d")"},
    {"States.Hash", R"(["","SHA-256"])", R"("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")"},
    {"States.Hash", R"(["input data","SHA-384"])",
     R"("d28a7d5cf25a74f11a50a18452b75e04bb3d70c9dd0510d6123aa008c756511b87525bdc835ebb27e1fb9e9374a15562")"},
    {"States.Hash", R"([1,"MD5"])", R"("c4ca4238a0b923820dcc509a6f75849b")"},
};

const Case kJson[] = {
    {"States.StringToJson", R"([""])", "null"},
    {"States.StringToJson", R"([" "])", "null"},
    {"States.StringToJson", R"(["-0"])", "0"},
    {"States.StringToJson", R"(["1.10"])", "1.10"},
    {"States.StringToJson", R"(["true"])", "true"},
    {"States.StringToJson", R"(["\"x\""])", R"("x")"},
    {"States.StringToJson", R"([" {\"a\": [1, null]} "])", R"({"a":[1,null]})"},
    {"States.JsonToString", R"(["x"])", R"("\"x\"")"},
    {"States.JsonToString", "[null]", R"("null")"},
    {"States.JsonToString", R"([{"a": 1, "b": []}])", R"("{\"a\":1,\"b\":[]}")"},
    {"States.JsonMerge", R"([{"x":1,"y":2},{"y":3,"z":4},false])", R"({"x":1,"y":3,"z":4})"},
    {"States.JsonMerge", R"([{"a":{"b":1}},{"a":{"c":2}},false])", R"({"a":{"c":2}})"},
    {"States.JsonMerge", R"([{},{"a":null},"false"])", R"({"a":null})"},
    {"States.MathAdd", "[111,-1]", "110"},
    {"States.MathAdd", "[1.49,1.5]", "3"},
    {"States.MathAdd", "[-1.49,-1.5]", "-2"},
    {"States.MathAdd", "[-0.5,0.5]", "1"},
    {"States.MathAdd", "[-2.5,0]", "-2"},
    {"States.MathAdd", "[0.49999999999999994,0]", "0"},
    {"States.MathAdd", "[2147483646,1]", "2147483647"},
    {"States.MathAdd", "[-2147483648,0]", "-2147483648"},
    {"States.MathRandom", "[5,6]", "5"},
    {"States.MathRandom", "[0,100,42]", "30"},
    {"States.MathRandom", "[1,11,42]", "1"},
    {"States.MathRandom", "[0,16,7]", "11"},
};

INSTANTIATE_TEST_SUITE_P(Arrays, Gives, testing::ValuesIn(kArrays));
INSTANTIATE_TEST_SUITE_P(Texts, Gives, testing::ValuesIn(kTexts));
INSTANTIATE_TEST_SUITE_P(Json, Gives, testing::ValuesIn(kJson));

struct Refusal {
  const char* function;
  std::string arguments;
  const char* cause;
};

class Refuses : public testing::TestWithParam<Refusal> {};

TEST_P(Refuses, TheArguments) {
  PlainActivation activation;
  const Intrinsic* function = find_intrinsic(GetParam().function);
  ASSERT_NE(function, nullptr);
  const auto result = function->call(activation, activation.value(GetParam().arguments).elements());
  ASSERT_FALSE(result) << json::print(*result);
  EXPECT_EQ(result.error().error, "States.Runtime");
  EXPECT_EQ(result.error().cause, GetParam().cause);
  EXPECT_TRUE(result.error().framed);
}

const std::string kTooLong(10'001, 'a');

const Refusal kRefusals[] = {
    {"States.ArrayPartition", "[[1],0]", "Invalid arguments in States.ArrayPartition"},
    {"States.ArrayPartition", "[[1],0.6]", "Invalid arguments in States.ArrayPartition"},
    {"States.ArrayPartition", "[[1],-1]", "Invalid arguments in States.ArrayPartition"},
    {"States.ArrayPartition", R"([[1],"2"])", "Invalid arguments in States.ArrayPartition"},
    {"States.ArrayPartition", R"(["x",2])", "Invalid arguments in States.ArrayPartition"},
    {"States.ArrayContains", R"(["x",2])", "Invalid arguments in States.ArrayContains"},
    {"States.ArrayRange", "[1,10,0]", "Invalid arguments in States.ArrayRange"},
    {"States.ArrayRange", "[1,10,0.9]", "Invalid arguments in States.ArrayRange"},
    {"States.ArrayRange", "[1,1001,1]", "Invalid arguments in States.ArrayRange"},
    {"States.ArrayRange", "[1001,1,-1]", "Invalid arguments in States.ArrayRange"},
    {"States.ArrayRange", R"(["a",1,1])", "Invalid arguments in States.ArrayRange"},
    {"States.ArrayRange", "[3000000000,1,1]", "Invalid arguments in States.ArrayRange"},
    {"States.ArrayGetItem", "[[1],1]", "Invalid arguments in States.ArrayGetItem"},
    {"States.ArrayGetItem", "[[1],-1]", "Invalid arguments in States.ArrayGetItem"},
    {"States.ArrayGetItem", R"([[1],"0"])", "Invalid arguments in States.ArrayGetItem"},
    {"States.ArrayGetItem", R"(["x",0])", "Invalid arguments in States.ArrayGetItem"},
    {"States.ArrayLength", R"(["x"])", "Invalid arguments in States.ArrayLength"},
    {"States.ArrayUnique", "[{}]", "Invalid arguments in States.ArrayUnique"},
    {"States.Format", R"(["{} {}",1])",
     "Invalid arguments in States.Format: number of arguments do not match the occurrences of {}."},
    {"States.Format", R"(["x",1])",
     "Invalid arguments in States.Format: number of arguments do not match the occurrences of {}."},
    {"States.Format", R"(["Hello {",1])", "Invalid template in States.Format: matching '}' not found for '{'."},
    {"States.Format", R"(["Hello {{}}",1])", "Invalid template in States.Format: matching '}' not found for '{'."},
    {"States.Format", R"(["}"])", "Invalid template in States.Format: matching '{' not found for '}'."},
    {"States.StringSplit", R"([1,","])", "Invalid arguments in States.StringSplit"},
    {"States.StringSplit", R"(["a",null])", "Invalid arguments in States.StringSplit"},
    {"States.Base64Encode", "[1]", "Invalid arguments in States.Base64Encode"},
    {"States.Base64Encode", "[\"" + kTooLong + "\"]", "Invalid arguments in States.Base64Encode"},
    {"States.Base64Decode", "[{}]", "Invalid arguments in States.Base64Decode"},
    {"States.Base64Decode", "[\"" + kTooLong + "\"]", "Invalid arguments in States.Base64Decode"},
    {"States.Hash", R"(["x","SHA256"])", "Invalid arguments in States.Hash"},
    {"States.Hash", R"(["x","sha-256"])", "Invalid arguments in States.Hash"},
    {"States.Hash", R"(["x",1])", "Invalid arguments in States.Hash"},
    {"States.Hash", "[\"" + kTooLong + "\",\"MD5\"]", "Invalid arguments in States.Hash"},
    {"States.JsonMerge", "[{},[],false]", "Invalid arguments in States.JsonMerge"},
    {"States.JsonMerge", "[null,{},false]", "Invalid arguments in States.JsonMerge"},
    {"States.JsonMerge", "[{},{},true]", "Invalid arguments in States.JsonMerge"},
    {"States.StringToJson", R"(["{bad"])", "Invalid arguments in States.StringToJson"},
    {"States.StringToJson", "[1]", "Invalid arguments in States.StringToJson"},
    {"States.MathAdd", "[2147483647,1]", "Invalid arguments in States.MathAdd"},
    {"States.MathAdd", "[-2147483648,-1]", "Invalid arguments in States.MathAdd"},
    {"States.MathAdd", "[3000000000,0]", "Invalid arguments in States.MathAdd"},
    {"States.MathAdd", "[1e400,0]", "Invalid arguments in States.MathAdd"},
    {"States.MathAdd", R"(["1",2])", "Invalid arguments in States.MathAdd"},
    {"States.MathAdd", "[true,2]", "Invalid arguments in States.MathAdd"},
    {"States.MathRandom", "[1,1]", "Invalid arguments in States.MathRandom"},
    {"States.MathRandom", "[1.4,1.6]", "Invalid arguments in States.MathRandom"},
    {"States.MathRandom", "[10,5]", "Invalid arguments in States.MathRandom"},
    {"States.MathRandom", R"([1,10,"x"])", "Invalid arguments in States.MathRandom"},
};

INSTANTIATE_TEST_SUITE_P(All, Refuses, testing::ValuesIn(kRefusals));

TEST(FindIntrinsic, KnowsEveryNameInTheTableAndNoOther) {
#define INTRINSIC(title, member)                                    \
  EXPECT_EQ(find_intrinsic("States." #title), &member##_intrinsic); \
  EXPECT_EQ(member##_intrinsic.name, "States." #title);
#include "lang/asl/intrinsics/intrinsics.def"
#undef INTRINSIC
  EXPECT_EQ(find_intrinsic("States.Nope"), nullptr);
  EXPECT_EQ(find_intrinsic(""), nullptr);
  EXPECT_EQ(find_intrinsic("Format"), nullptr);
}

TEST(MathRandom, StaysWithinItsRange) {
  PlainActivation activation;
  const auto arguments = activation.value("[-3,3]").elements();
  std::array<int, 6> drawn{};
  for (int i = 0; i < 600; ++i) {
    const auto result = math_random_intrinsic.call(activation, arguments);
    ASSERT_TRUE(result);
    const std::int64_t number = result->as_integer().value();
    ASSERT_GE(number, -3);
    ASSERT_LT(number, 3);
    ++drawn[static_cast<std::size_t>(number + 3)];
  }
  for (const int count : drawn) EXPECT_GT(count, 0);
}

TEST(MathRandom, CoversTheWholeRangeOfInt32WithASeed) {
  PlainActivation activation;
  const auto result = math_random_intrinsic.call(activation, activation.value("[-2147483648,2147483647,1]").elements());
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->as_integer().has_value());
}

TEST(Uuid, IsOfVersion4) {
  PlainActivation activation;
  const auto result = uuid_intrinsic.call(activation, {});
  ASSERT_TRUE(result);
  const std::string_view text = result->as_string();
  ASSERT_EQ(text.size(), 36U);
  EXPECT_EQ(text[14], '4');
}

// Nested calls whose values share their parts: small in memory, endless as text.
TEST(Bounds, HoldForValuesThatShareTheirParts) {
  PlainActivation activation;
  json::Value value = activation.value("[\"0123456789\"]");
  Evaluated<json::Value> result = value;
  for (int i = 0; i < 10 && result; ++i) {
    const std::vector<json::Value> arguments(100, *result);
    result = call_intrinsic(array_intrinsic, activation, arguments);
  }
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().cause, "Invalid arguments in States.Array: they are too long");
}

TEST(Bounds, HoldForTexts) {
  PlainActivation activation;
  Evaluated<json::Value> result = activation.value("\"0123456789\"");
  for (int i = 0; i < 12 && result; ++i) {
    const std::vector<json::Value> arguments = {activation.value("\"{}{}{}{}\""), *result, *result, *result, *result};
    result = call_intrinsic(format_intrinsic, activation, arguments);
  }
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().cause, "Invalid arguments in States.Format: they are too long");
}

}  // namespace
}  // namespace stepwell::asl
