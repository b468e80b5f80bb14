// The interface: references, texts, messages, and what results share with the input.
#include "table.h"

namespace stepwell::jsonata {
namespace {

std::string references_of(std::string_view text) {
  const auto compiled = Expression::compile(text, Dialect::aws);
  if (!compiled) return shown(compiled.error());
  std::string all;
  for (const Reference& reference : compiled->references()) {
    if (!all.empty()) all += ' ';
    all += reference.kind == Reference::Kind::variable ? "$" : "";
    all += reference.name;
    if (!reference.member.empty()) all += "." + reference.member;
    all += "@" + std::to_string(reference.position);
  }
  return all;
}

TEST(References, AreWhatAnExpressionReads) {
  struct Expected {
    std::string_view text, references;
  };
  for (const auto& [text, references] : std::initializer_list<Expected>{
           {"$states.input.a", "$states.input@7"},
           {"$states.input & $states.context.x & $states.input", "$states.input@7 $states.context@23"},
           {"$states", "$states@7"},
           {"$x + $y + $x", "$x@2 $y@7"},
           {"($x := 1; $x)", ""},
           {"function($x){$x + $y}", "$y@20"},
           {"$sum([1])", ""},
           {"$eval('1')", "$eval@5"},
           {"phone", "phone@5"},
           {"phone.number", "phone@5"},
           {"$x.phone", "$x.phone@2"},
           {"$x.(phone)", "$x@2"},
           {"$", "$@1"},
           {"$$.a", "$$@2"},
           {"$x.$", "$x@2"},
           {"$x[a = 1]", "$x@2"},
           {"$x{a: b}", "$x@2"},
           {"{'k': phone}", "phone@11"},
           {"*", "*@1"},
           {"**.a", "**@2"},
           {"$map($x, function($v){$v.a})", "$x@7"},
           {"$x ~> |a|{'b': c}|", "$x@2"},
           {"$x^(a)", "$x@2"},
       }) {
    EXPECT_EQ(references_of(text), references) << text;
  }
}

TEST(Expressions, KeepTheirText) {
  const auto compiled = Expression::compile("1 + 1", Dialect::aws);
  ASSERT_TRUE(compiled);
  EXPECT_EQ(compiled->text(), "1 + 1");
}

TEST(Expressions, MessagesAreThoseOfTheReferenceImplementation) {
  struct Expected {
    std::string_view text, message;
  };
  for (const auto& [text, message] : std::initializer_list<Expected>{
           {"1 + 'a'", R"(The right side of the "+" operator must evaluate to a number)"},
           {"$uppercase(5)", R"(Argument 1 of function "uppercase" does not match function signature)"},
           {"$join([1])", R"(Argument 1 of function "join" must be an array of "strings")"},
           {"nothing()", "Attempted to invoke a non-function"},
           {"sum([1])", "Attempted to invoke a non-function. Did you mean $sum?"},
           {"$number('x')", R"(Unable to cast value to a number: "x")"},
           {"1 < 'a'", R"(The values 1 and "a" either side of operator "<" must be of the same data type)"},
           {"$error('mine')", "mine"},
           {"[1, 2", R"(Expected "]" before end of expression)"},
           {"1 2", "Syntax error: 2"},
           {"{5: 1}", "Key in object structure must evaluate to a string; got: 5"},
           {"$sqrt(-1)", "The sqrt function cannot be applied to a negative number: -1"},
           {"[0..10000000]",
            "The size of the sequence allocated by the range operator (..) must not exceed 1e6.  Attempted to allocate "
            "10000001."},
       }) {
    const auto compiled = Expression::compile(text, Dialect::standard);
    if (!compiled) {
      EXPECT_EQ(compiled.error().message, message) << text;
      continue;
    }
    json::Arena arena;
    SeededRandom random(1);
    const auto result = compiled->evaluate(arena, std::nullopt, {.random = &random});
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().message, message) << text;
  }
}

TEST(Expressions, ResultsShareTheInput) {
  json::Arena arena;
  const json::Value input = json::parse_copy(arena, R"({"a":{"b":[1.50,{"c":1e2}]}})").value();
  const auto compiled = Expression::compile("{'x': a.b, 'y': a.b[0], 'z': a.b[0] + 1}", Dialect::standard);
  SeededRandom random(1);
  const json::Value result = compiled->evaluate(arena, input, {.random = &random}).value().value();
  EXPECT_TRUE(result.find("x")->same_as(*input.find("a")->find("b")));
  EXPECT_EQ(json::print(result), R"({"x":[1.50,{"c":1e2}],"y":1.50,"z":2.5})");
}

TEST(Expressions, AreEvaluatedManyTimesOverOtherInputs) {
  const auto compiled = Expression::compile("($n := a; $f := function(){$n}; $f() + 1)", Dialect::standard);
  SeededRandom random(1);
  for (const std::string_view text : {R"({"a":1})", R"({"a":5})", R"({"a":1})"}) {
    json::Arena arena;
    const json::Value input = json::parse_copy(arena, text).value();
    const json::Value result = compiled->evaluate(arena, input, {.random = &random}).value().value();
    EXPECT_EQ(result.as_double(), input.find("a")->as_double() + 1);
  }
}

TEST(Expressions, TextsWithHalvesOfPairsAreMendedOnTheWayOut) {
  expect_rows("", {{R"("\ud83d")", "\"\uFFFD\""},
                   {R"("\ud83d" & "\ude00")", "\"\U0001F600\""},
                   {R"($length("\ud83d"))", "1"},
                   {R"("\ud83d\ude00")", "\"\U0001F600\""}});
}

}  // namespace
}  // namespace stepwell::jsonata
