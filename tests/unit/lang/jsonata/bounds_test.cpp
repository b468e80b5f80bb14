// Depth, memory and steps: what is too much ends with an error, and what AWS accepts is accepted.
#include "table.h"

#include <fmt/format.h>

namespace stepwell::jsonata {
namespace {

constexpr Setting kAws{.dialect = Dialect::aws};

std::string sum_of_ones(int terms) {
  std::string text = "1 * $count([1])";
  for (int i = 1; i < terms; ++i) text += " + $count([1])";
  return text;
}

TEST(Bounds, DepthOfWhatIsWritten) {
  EXPECT_EQ(evaluated(sum_of_ones(90), "", kAws), "90");
  EXPECT_TRUE(evaluated(sum_of_ones(200), "", kAws).starts_with("U1001 ")) << "as AWS refuses 200 terms";
  std::string ones = "1";
  for (int i = 1; i < 200; ++i) ones += "+1";
  EXPECT_TRUE(evaluated(ones, "", kAws).starts_with("U1001 ")) << "constants count as if they were evaluated";
}

TEST(Bounds, DepthOfRecursion) {
  constexpr std::string_view factorial = "($f := function($n){$n = 0 ? 1 : $n * $f($n - 1)}; $f({}))";
  const auto text = [&](int n) {
    return fmt::format(fmt::runtime("($f := function($n){{$n = 0 ? 1 : $n * $f($n - 1)}}; $f({}))"), n);
  };
  EXPECT_EQ(evaluated(text(20), "", kAws), "2432902008176640000");
  EXPECT_TRUE(evaluated(text(40), "", kAws).starts_with("U1001 ")) << factorial;
  // As the reference implementation counts: 302 levels are what 100 calls take.
  const Setting deep{.limits = {.depth = 302}};
  EXPECT_EQ(evaluated(text(99), "", deep), "9.33262154439441e+155");
  EXPECT_TRUE(evaluated(text(100), "", deep).starts_with("U1001 "));
}

TEST(Bounds, TailCallsHaveNoDepthButTakeSteps) {
  EXPECT_EQ(evaluated("($f := function($n){$n = 0 ? 'end' : $f($n - 1)}; $f(10000))", "", kAws), R"("end")");
  EXPECT_TRUE(evaluated("($f := function($n){$f($n + 1)}; $f(1))", "", kAws).starts_with("U1002 "));
}

TEST(Bounds, MemoryOfArrays) {
  EXPECT_EQ(evaluated("[1..873782] ~> $count()", "", kAws), "873782") << "measured on AWS, to the element";
  EXPECT_EQ(evaluated("[1..873783] ~> $count()", "", kAws), "U1003 at 4");
  EXPECT_EQ(evaluated("$count([1..873782])", "", kAws), "873782");
  EXPECT_EQ(evaluated("$count([1..873783])", "", kAws), "U1003 at 11");
  EXPECT_EQ(evaluated("$count([1..10000000])", "", kAws), "U1003 at 11");
  EXPECT_EQ(evaluated("$count([1..10000001])", "", kAws), "D2014 at 11");
  EXPECT_TRUE(evaluated("$reduce([1..400000], function($a, $v){$append($a, [$v, $v, $v])}, [])", "", kAws)
                  .starts_with("U1003 "));
}

TEST(Bounds, MemoryOfTexts) {
  const auto doubled = [](int times) {
    return fmt::format("($p := function($s, $n){{$n = 0 ? $s : $p($s & $s, $n - 1)}}; $length($p('x', {})))", times);
  };
  EXPECT_EQ(evaluated(doubled(22), "", kAws), "4194304");
  EXPECT_TRUE(evaluated(doubled(23), "", kAws).starts_with("U1003 "));
  EXPECT_EQ(evaluated("$length($pad('', 4194304, 'x'))", "", kAws), "4194304");
  for (const std::string_view text :
       {"$pad('', 100000000, 'x')",
        "$join([1..200000].('a long text that is joined'), '...............................')",
        "($s := $pad('', 1000000, 'a'); $replace($s, /a/, '12345678901234567890123456789'))",
        "($s := $pad('', 1000000, 'a'); $replace($s, 'a', '12345678901234567890123456789'))",
        "($s := $pad('', 4000000, '\n'); $string([$s, $s, $s]))", "$pad('', 4000000, 'é') ~> $encodeUrl()"}) {
    EXPECT_TRUE(evaluated(text, "", kAws).starts_with("U1003 ")) << text;
  }
}

// Each level has two references to the one below: what is small in memory is immense when it is gone over.
TEST(Bounds, SharedPartsAreCountedAsOftenAsTheyAreSeen) {
  for (const std::string_view use :
       {"$x", "$string($x)", "$x = $y", "$x.**", "$x ~> |**|{}|", "$boolean($l)", "$not($l)", "$l.a", "$keys($l)",
        "$spread($l)", "{'k': $l}.*", "$distinct([$x, $y])", "$l ? 1 : 2", "$l[$]", "$x & ''"}) {
    const std::string text = fmt::format(
        "($o := function($s, $n){{$n = 0 ? $s : $o({{'a': $s, 'b': $s}}, $n - 1)}}; "
        "$a := function($s, $n){{$n = 0 ? $s : $a([[$s], [$s]], $n - 1)}}; "
        "$x := $o(1, 60); $y := $o(1, 60); $l := $a(0, 60); {})",
        use);
    const std::string result = evaluated(text, "", {.dialect = Dialect::aws, .limits = {.steps = 1'000'000}});
    EXPECT_TRUE(result.starts_with("U100")) << use << " gave " << result.substr(0, 80);
  }
}

TEST(Bounds, LargeInputsAreSharedByResultsOnlySoOften) {
  const std::string document =
      R"({"big":")" + std::string(100'000, 'x') + R"(","list":[)" + std::string(50'000, '1') + "]}";
  EXPECT_TRUE(evaluated("$count([1..50].($$))", document, kAws) == "50");
  EXPECT_TRUE(evaluated("[1..50000].($$)", document, kAws).starts_with("U1003 "));
  EXPECT_TRUE(evaluated("[1..50000].($$.big)", document, kAws).starts_with("U1003 "));
}

TEST(Bounds, StepsEndWhatTakesTooLong) {
  const Setting few{.dialect = Dialect::aws, .limits = {.steps = 100'000}};
  for (const std::string_view text :
       {"$map([1..100000], function($v){$contains($string($v), /9+/)})", "$sort([1..20000], function($a, $b){$a < $b})",
        "[1..1000].([1..1000][$ = 5])", "$filter([1..100000], function($v){$v = 1})", "$sum([1..800000])",
        "($s := $pad('', 1000000, 'a'); $t := $pad('', 1000000, 'a'); [1..1000].($s = $t))",
        "($s := $pad('', 1000000, 'a'); $t := $pad('', 1000000, 'a'); [1..1000].($s < $t))",
        "($s := $pad('', 1000000, 'a'); $t := $pad('', 999999, 'a') & 'b'; $t in [1..1000].($s))",
        "($s := $pad('', 1000000, 'a'); [1..1000].$length($s))",
        "($s := $pad('0.', 1000000, '0'); [1..1000].$number($s))",
        "($s := $pad('', 1000000, 'a'); $contains($s, /(a|b|c)*d/) ? 1 : [1..1000].$contains($s, /x/))",
        "$each($merge([1..9000].{$string($): 1}), function($v, $k){$k & [1..10].($ * 2)})",
        "$reduce([1..100000], function($a, $v){$a + $v})", "[1..60000]^(-$)"}) {
    EXPECT_TRUE(evaluated(text, "", few).starts_with("U1002 ")) << text;
  }
}

TEST(Bounds, RegularExpressionsDoNotExplode) {
  expect_rows("",
              {
                  {"$contains($pad('', 5000, 'a'), /(a+)+b/)", "false"},
                  {"$contains($pad('', 5000, 'a'), /(a|aa)*c/)", "false"},
                  {"$count($match($pad('', 2000, 'a'), /a/))", "2000"},
              },
              kAws);
  const std::string large = evaluated("$contains($pad('', 1000000, 'ab'), /(((a|b){50}){50}c){2}/)", "", kAws);
  EXPECT_TRUE(large.starts_with("U1002 ") || large.starts_with("S0303 ")) << large;
}

TEST(Bounds, NestingOfTextsIsBounded) {
  EXPECT_TRUE(evaluated(std::string(5000, '('), "", kAws).starts_with("U1001 "));
  EXPECT_TRUE(evaluated(std::string(5000, '-') + "1", "", kAws).starts_with("U1001 "));
  std::string nested = "1";
  for (int i = 0; i < 400; ++i) nested = "[" + nested + "]";
  EXPECT_TRUE(evaluated(nested, "", kAws).starts_with("U1001 "));
  EXPECT_EQ(evaluated(nested, "", {.limits = {.depth = 900}}).size(), 801U);
}

}  // namespace
}  // namespace stepwell::jsonata
