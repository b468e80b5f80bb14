// The dialect of AWS Step Functions: its own functions, those it leaves out, and results that are no JSON.
#include "table.h"

namespace stepwell::jsonata {
namespace {

constexpr Setting kAws{.dialect = Dialect::aws};

TEST(Aws, HasNoEval) {
  expect_rows("", {{"$eval('1')", "T1006 at 6"}, {"$exists($eval)", "false"}}, kAws);
  expect_rows("", {{"$eval('1')", "1"}});
}

TEST(Aws, FunctionsAreNotInTheStandardDialect) {
  for (const std::string_view call :
       {"$partition([1], 1)", "$range(1, 2, 1)", "$hash('a', 'MD5')", "$uuid()", "$parse('1')"}) {
    EXPECT_TRUE(evaluated(call, "").starts_with("T1006 ")) << call;
  }
  EXPECT_EQ(evaluated("$random(1)", ""), "T0410 at 8");
}

TEST(Aws, PartitionCutsAnArrayIntoPieces) {
  expect_rows("",
              {
                  {"$partition([1, 2, 3, 4, 5], 2)", "[[1,2],[3,4],[5]]"},
                  {"$partition([1, 2], 5)", "[[1,2]]"},
                  {"$partition([1, 2, 3], 1.9)", "[[1],[2],[3]]"},
                  {"$partition([], 2)", "undefined"},
                  {"$partition([1], 0)", "undefined"},
                  {"$partition([1], -1)", "T0410 at 11"},
                  {"$partition(1, 2)", "[[1]]"},
                  {"$partition(nothing, 2)", "undefined"},
                  {"$partition([1], 'a')", "T0410 at 11"},
              },
              kAws);
}

TEST(Aws, RangeHasAStep) {
  expect_rows("",
              {
                  {"$range(0, 10, 5)", "[0,5,10]"},
                  {"$range(10, 0, -4)", "[10,6,2]"},
                  {"$range(-1.7, 2, 1)", "[-1,0,1,2]"},
                  {"$range(1, 9, 9)", "1"},
                  {"[$range(1, 9, 9)]", "[1]"},
                  {"$range(1, 5, 0)", "undefined"},
                  {"$range(1, 5, -1)", "undefined"},
                  {"$range(nothing, 5, 1)", "undefined"},
                  {"$count($range(1, 360145, 1))", "360145"},
                  {"$count($range(1, 360146, 1))", "U1003 at 14"},
                  {"$range(1, 1e300, 1)", "U1003 at 7"},
                  {"$range(1, 2)", "T0410 at 7"},
                  {"$range('a', 2, 1)", "T0410 at 7"},
              },
              kAws);
}

TEST(Aws, HashesAreHexadecimal) {
  expect_rows("",
              {
                  {"$hash('a', 'MD5')", R"("0cc175b9c0f1b6a831c399e269772661")"},
                  {"$hash('a', 'SHA-1')", R"("86f7e437faa5a7fce15d1ddcb9eaeaea377667b8")"},
                  {"$hash('a', 'SHA-256')", R"("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb")"},
                  {"$length($hash('a', 'SHA-384'))", "96"},
                  {"$length($hash('a', 'SHA-512'))", "128"},
                  {"$hash('a', 'sha-1')", "undefined"},
                  {"$hash(nothing, 'MD5')", "undefined"},
                  {"$hash(5, 'MD5')", "T0410 at 6"},
              },
              kAws);
}

TEST(Aws, RandomIsReproducibleWithASeed) {
  EXPECT_EQ(evaluated("$random(42)", "", kAws), "0.7275636800328681");
  EXPECT_EQ(evaluated("$random(42) = $random(42)", "", kAws), "true");
  EXPECT_EQ(evaluated("$random(1) = $random(2)", "", kAws), "false");
  EXPECT_EQ(evaluated("($r := $random(); $r >= 0 and $r < 1)", "", kAws), "true");
  EXPECT_EQ(evaluated("$random() = $random()", "", kAws), "false");
}

TEST(Aws, UuidsAreOfVersion4) {
  EXPECT_EQ(evaluated("$contains($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)", "",
                      kAws),
            "true");
  EXPECT_EQ(evaluated("$uuid() = $uuid()", "", kAws), "false");
}

TEST(Aws, ParseReadsJson) {
  expect_rows("",
              {
                  {R"($parse('{"a":[1,2.50,null]}'))", R"({"a":[1,2.5,null]})"},
                  {R"($parse('{"a":[1,{"b":true}]}').a[1].b)", "true"},
                  {"$parse('12345678901234567890')", "12345678901234567890"},
                  {"$parse('5') + 1", "6"},
                  {"$parse('\"x\"')", R"("x")"},
                  {"$parse('{')", "D3122 at 7"},
                  {"$parse('')", "D3122 at 7"},
                  {"$parse(nothing)", "undefined"},
                  {"$parse(5)", "T0410 at 7"},
              },
              kAws);
}

TEST(Aws, NumbersThatAreNotFiniteAreTexts) {
  expect_rows("",
              {
                  {"1/0", R"("Infinity")"},
                  {"[-1/0]", R"(["-Infinity"])"},
                  {"{'k': 0/0}", R"({"k":"NaN"})"},
                  {"1/0 + 1", "D1001 at 5"},
              },
              kAws);
  expect_rows("", {{"1/0", "null"}, {"[1/0, 0/0]", "[null,null]"}});
}

TEST(Aws, FunctionsAreNoResults) {
  expect_rows("",
              {
                  {"$sum", "U1004 at 0"},
                  {"[function(){1}]", "U1004 at 0"},
                  {"{'a': {'b': /x/}}", "U1004 at 0"},
                  {"$match('a', /a/)", R"({"match":"a","index":0,"groups":[]})"},
              },
              kAws);
}

TEST(Aws, ReadsItsInputThroughStates) {
  json::Arena arena;
  const MapBindings bindings({{"states", json::parse_copy(arena, R"({"input":{"n":[1,2]},"context":{}})").value()},
                              {"x", json::Value::string("mine")}});
  expect_rows("",
              {
                  {"$states.input.n[1]", "2"},
                  {"$sum($states.input.n)", "3"},
                  {"$x & '!'", R"("mine!")"},
                  {"$", "undefined"},
                  {"$$.a", "undefined"},
                  {"($x := 5; $x)", "5"},
                  {"$y", "undefined"},
              },
              {.dialect = Dialect::aws, .limits = {}, .bindings = &bindings});
}

TEST(Aws, NowStandsStill) {
  expect_rows("",
              {
                  {"$millis()", "1700000000000"},
                  {"$now()", R"("2023-11-14T22:13:20.000Z")"},
                  {"$now('[Y]')", R"("2023")"},
                  {"$now('[H01]:[m01]', '+0530')", R"("03:43")"},
                  {"$now() = $now()", "true"},
              },
              kAws);
}

}  // namespace
}  // namespace stepwell::jsonata
