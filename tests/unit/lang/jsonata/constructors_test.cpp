#include "table.h"

namespace stepwell::jsonata {
namespace {

TEST(Constructors, Arrays) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"[]", "[]"},
          {"[1]", "[1]"},
          {"[1, 'a', true, null]", R"([1,"a",true,null])"},
          {"[[1]]", "[[1]]"},
          {"[[]]", "[[]]"},
          {"[order.lines.qty]", "[4,1,0]"},
          {"[order.lines.qty, 9]", "[4,1,0,9]"},
          {"[[order.lines.qty], 9]", "[[4,1,0],9]"},
          {"[missing]", "[]"},
          {"[missing, 1]", "[1]"},
          {"[nested]", "[[1,2],[3,[4]]]"},
          {"[[1, 2], [3]]", "[[1,2],[3]]"},
          {"[1..2, [3]]", "[1,2,[3]]"},
          {"[(1; 2)]", "[2]"},
          {"[$sum]", "[null]"},
          {"[[1, [2]]]", "[[1,[2]]]"},
      });
}

TEST(Constructors, Objects) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"{}", "{}"},
          {"{'a': 1}", R"({"a":1})"},
          {"{'a': 1, 'b': {'c': [2]}}", R"({"a":1,"b":{"c":[2]}})"},
          {"{'a': missing}", "{}"},
          {"{'a': order.lines.qty}", R"({"a":[4,1,0]})"},
          {"{order.customer.name: 1}", R"({"Zoe":1})"},
          {"{missing: 1}", "{}"},
          {"{'a' & 'b': 1}", R"({"ab":1})"},
          {"{1: 2}", "T1003 at 1"},
          {"{null: 2}", "T1003 at 1"},
          {"{'a': 1, 'a': 2}", "D1009 at 1"},
          {"{'a': $sum}", "{}"},
          {"order.lines.{'s': sku, 'q': qty}", R"([{"s":"A","q":4},{"s":"B","q":1},{"s":"C","q":0}])"},
          {"{'a': [1], 'b': [[]]}.b", "[[]]"},
      });
}

TEST(Constructors, Blocks) {
  expect_rows(R"({"a":1})", {
                                {"()", "undefined"},
                                {"(1)", "1"},
                                {"(1; 2)", "2"},
                                {"(1; 2;)", "2"},
                                {"($x := 1; $x + 1)", "2"},
                                {"($x := 1; ($x := 2; $x); $x)", "1"},
                                {"($x := 1; ($y := $x + 1; $y))", "2"},
                                {"($x := missing; $x)", "undefined"},
                                {"$x := 5", "5"},
                                {"($x := $y := 3; $x + $y)", "6"},
                                {"(a; a + 1)", "2"},
                                {"($x := 1; $x := $x + 1; $x)", "2"},
                                {"($a.b := 1)", "S0212 at 4"},
                            });
}

TEST(Constructors, Variables) {
  expect_rows(R"({"a":[1,2]})", {
                                    {"($x := a; $x[0])", "1"},
                                    {"($x := {'b': {'c': 5}}; $x.b.c)", "5"},
                                    {"($x := a; $x.$)", "[1,2]"},
                                    {"$missing", "undefined"},
                                    {"$missing.a", "undefined"},
                                    {"($x := [a]; $x)", "[1,2]"},
                                    {"($x := a[$ > 1]; $x)", "2"},
                                    {"a.($x := $; $x + 1)", "[2,3]"},
                                    {"($x := 1; a.($x := $x + $; $x))", "[2,3]"},
                                    {"($sum := 3; $sum)", "3"},
                                    {"($sum := function($x){'mine'}; $sum([1]))", R"("mine")"},
                                });
}

TEST(Constructors, Strings) {
  expect_rows("", {
                      {"'it''s'", "S0201 at 7"},
                      {R"("a\"b")", R"("a\"b")"},
                      {R"('a\'b')", "S0103 at 3"},
                      {R"("\\ \/ \b \f \n \r \t")", R"("\\ / \b \f \n \r \t")"},
                      {R"("\u00e9\u4e2d")", R"("é中")"},
                      {R"("\ud83d\ude00")", R"("😀")"},
                      {"'ünï'", R"("ünï")"},
                      {"''", R"("")"},
                      {"/* a comment */ 'x' /* and another */", R"("x")"},
                      {R"("a
b")",
                       R"("a\nb")"},
                      {R"($length("\ud83d\ude00"))", "1"},
                  });
}

TEST(Constructors, Numbers) {
  expect_rows("", {
                      {"0", "0"},
                      {"12", "12"},
                      {"-12", "-12"},
                      {"1.50", "1.5"},
                      {"1e3", "1000"},
                      {"1E-2", "0.01"},
                      {"1.5e+2", "150"},
                      {"9007199254740993", "9007199254740992"},
                      {"123456789012345678901234567890", "1.2345678901234568e+29"},
                      {"1e-7", "1e-7"},
                      {"0.000001", "0.000001"},
                      {"1e21", "1e+21"},
                      {"100000000000000000000", "100000000000000000000"},
                      {"1e400", "S0102 at 0"},
                      {"01", "S0201 at 2"},
                      {"1.", "S0207 at 2"},
                      {".5", "S0211 at 1"},
                      {"1e", "S0201 at 2"},
                      {"0x1", "S0201 at 3"},
                  });
}

TEST(Constructors, Literals) {
  expect_rows("", {
                      {"true", "true"},
                      {"false", "false"},
                      {"null", "null"},
                      {"[true, false, null]", "[true,false,null]"},
                      {"{'true': true}", R"({"true":true})"},
                      {"undefined", "undefined"},
                  });
}

}  // namespace
}  // namespace stepwell::jsonata
