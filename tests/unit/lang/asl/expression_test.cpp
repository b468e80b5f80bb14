#include "lang/asl/expression.h"

#include "lang/json/print.h"
#include "plain_activation.h"

#include <gtest/gtest.h>

namespace stepwell::asl {
namespace {

std::string evaluate(PlainActivation& activation, std::string_view text) {
  auto expression = Expression::compile(text);
  if (!expression) return "does not compile: " + expression.error().message;
  auto value = (*expression)->evaluate(activation, activation.input());
  return value ? json::print(*value) : "fails: " + value.error().cause.value_or("");
}

TEST(Expression, paths_contexts_variables_and_calls) {
  PlainActivation activation;
  activation.set_input(R"({"a":{"b":[10,20,30]},"s":"x,y"})");
  activation.set_context(R"({"Execution":{"Id":"arn"},"State":{"Name":"S"}})");
  activation.set_variable("order", R"({"lines":[{"sku":"A1"}],"none":null})");
  activation.set_variable("größe", "3");
  struct Case {
    std::string_view expression;
    std::string_view expected;
  };
  constexpr Case cases[] = {
      {"$", R"({"a":{"b":[10,20,30]},"s":"x,y"})"},
      {"$.a.b[1]", "20"},
      {"$.a.b[*]", "[10,20,30]"},
      {"$['a']['b'][-1:]", "[30]"},
      {"$$", R"({"Execution":{"Id":"arn"},"State":{"Name":"S"}})"},
      {"$$.Execution.Id", R"("arn")"},
      {"$$['State']['Name']", R"("S")"},
      {"$order", R"({"lines":[{"sku":"A1"}],"none":null})"},
      {"$order.lines[0].sku", R"("A1")"},
      {"$order['lines']", R"([{"sku":"A1"}])"},
      {"$größe", "3"},
      {"States.Array()", "[]"},
      {"States.Array( 1 , -2.50,'it''s' )", "does not compile: "},
      {"States.Array(1, -2.50 ,'a, (b)' , true,false,null)", R"j([1,-2.50,"a, (b)",true,false,null])j"},
      {R"(States.Array('\'', '\\', '\{\}'))", R"(["'","\\","{}"])"},
      {R"(States.Format('\{{}\} it\'s \\', $.a.b[0]))", R"("{10} it's \\")"},
      {"States.Array($.a.b[?(@ > 10)], $order.lines[0].sku, $$.State.Name)", R"([[20,30],"A1","S"])"},
      {"States.ArrayLength(States.StringSplit($.s, ','))", "2"},
      {"States.ArrayGetItem($.a.b,States.MathAdd(1,1))", "30"},
      {"$.no", "fails: Invalid path '$.no' : No results for path: $['no']"},
      {"$no", "fails: Invalid path '$no' : No variable 'no' is assigned"},
      {"$order.none.x", "fails: "},
      {"States.Array($.no)",
       R"(fails: The function 'States.Array($.no)' had the following error: The JsonPath argument for the field '$.no' could not be found in the input '{"a":{"b":[10,20,30]},"s":"x,y"}')"},
      {"", "does not compile: "},
      {"a", "does not compile: "},
      {"$.a[", "does not compile: "},
      {"$$.a[", "does not compile: "},
      {"$order[", "does not compile: "},
      {"States.NoSuch()",
       "does not compile: 'States.NoSuch()' is no intrinsic call: there is no function 'States.NoSuch'"},
      {"States.Array(1", "does not compile: "},
      {"States.Array(1,)", "does not compile: "},
      {"States.Array(1) x", "does not compile: "},
      {"States.Array('open)", "does not compile: "},
      {R"(States.Array('\n'))", "does not compile: "},
      {"States.Array(\"x\")", "does not compile: "},
      {"States.Array([1])", "does not compile: "},
      {"States.Array", "does not compile: "},
      {"States.ArrayLength()",
       "does not compile: 'States.ArrayLength()' is no intrinsic call: 'States.ArrayLength' does not take 0 arguments"},
      {"States.UUID(1)", "does not compile: "},
  };
  for (const Case& c : cases) {
    const std::string got = evaluate(activation, c.expression);
    if (c.expected.ends_with(": ")) {
      EXPECT_TRUE(got.starts_with(c.expected)) << c.expression << "\n" << got;
    } else {
      EXPECT_EQ(got, c.expected) << c.expression;
    }
  }
}

TEST(Expression, calls_nest_ten_deep) {
  const auto nested = [](int depth) {
    std::string text = "1";
    for (int i = 0; i < depth; ++i) text = "States.Array(" + text + ")";
    return text;
  };
  EXPECT_TRUE(Expression::compile(nested(10)));
  const auto refused = Expression::compile(nested(11));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "InvalidExpression");
  EXPECT_TRUE(refused.error().message.ends_with("calls are nested more than ten deep"));
}

TEST(Expression, finds_nothing_without_a_failure) {
  PlainActivation activation;
  activation.set_input(R"({"a":[1]})");
  using enum Expression::IndexBehindEnd;
  const auto path = Expression::compile("$.b").value();
  EXPECT_EQ(path->find(activation, activation.input(), null).value(), std::nullopt);
  const auto variable = Expression::compile("$b").value();
  EXPECT_EQ(variable->find(activation, activation.input(), null).value(), std::nullopt);
  const auto index = Expression::compile("$.a[1]").value();
  EXPECT_EQ(index->find(activation, activation.input(), nothing).value(), std::nullopt);
  EXPECT_TRUE(index->find(activation, activation.input(), null).value().value().is_null());
  EXPECT_TRUE(index->evaluate(activation, activation.input()).value().is_null());
  EXPECT_FALSE(path->find(activation, json::Value(), nothing));
}

TEST(Expression, touches_the_context_only_when_it_is_asked_for) {
  class Untouched final : public Activation {
   public:
    json::Arena& arena() override { return arena_; }
    json::Value input() override { return {}; }
    json::Value context() override { return ADD_FAILURE() << "context", json::Value(); }
    const json::Value* variable(std::string_view) override { return nullptr; }
    Timestamp now() override { return {}; }
    Random& random() override { return random_; }

   private:
    json::Arena arena_;
    SeededRandom random_{1};
  } activation;
  json::Arena arena;
  const auto data = json::parse(arena, R"({"a":1})").value();
  EXPECT_TRUE(Expression::compile("$.a").value()->evaluate(activation, data));
  EXPECT_TRUE(Expression::compile("States.Array($.a, 'x')").value()->evaluate(activation, data));
}

}  // namespace
}  // namespace stepwell::asl
