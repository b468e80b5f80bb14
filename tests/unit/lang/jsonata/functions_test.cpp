#include "table.h"

namespace stepwell::jsonata {
namespace {

TEST(Functions, AreValues) {
  expect_rows(R"({"a":5})", {
                                {"function($x){$x + 1}(2)", "3"},
                                {"λ($x){$x * 2}(4)", "8"},
                                {"($f := function($x, $y){$x - $y}; $f(5, 3))", "2"},
                                {"($f := function(){a}; $f())", "5"},
                                {"($f := function($x){$x}; $f())", "undefined"},
                                {"($f := function($x){$x}; $f(1, 2))", "1"},
                                {"(function($x){function($y){$x + $y}})(1)(2)", "3"},
                                {"$sum", "undefined"},
                                {"function($x){$x}", "undefined"},
                                {"{'f': function(){1}}.f()", "1"},
                                {"($f := $uppercase; $f('a'))", R"("A")"},
                                {"$type($sum)", R"("function")"},
                                {"$type(function(){1})", R"("function")"},
                            });
}

TEST(Functions, RememberWhereTheyWereMade) {
  expect_rows(
      R"({"a":[1,2,3]})",
      {
          {"($n := 10; $add := function($x){$x + $n}; $n := 20; $add(1))", "21"},
          {"($make := function($n){function($x){$x * $n}}; $two := $make(2); $three := $make(3); [$two(5), $three(5)])",
           "[10,15]"},
          {"a.($k := $; function(){$k})()", "[1,2,3]"},
          {"($fs := $map(a, function($v){function(){$v}}); $map($fs, function($f){$f()}))", "[1,2,3]"},
          {"($f := function($n){$n < 2 ? $n : $f($n - 1) + $f($n - 2)}; $f(10))", "55"},
          {"($f := function(){($x := 1; $g := function(){$x}; $x := 2; $g())}; $f())", "2"},
      });
}

TEST(Functions, TailCallsNeedNoDepth) {
  expect_rows("", {
                      {"($f := function($n, $s){$n = 0 ? $s : $f($n - 1, $s + $n)}; $f(5000, 0))", "12502500"},
                      {"($e := function($n){$n = 0 ? true : $o($n - 1)}; $o := function($n){$n = 0 ? false : $e($n - "
                       "1)}; $e(3001))",
                       "false"},
                      {"($f := function($n){($x := $n; $x = 0 ? 'done' : $f($x - 1))}; $f(2000))", R"("done")"},
                  });
}

TEST(Functions, PartOfTheArguments) {
  expect_rows("", {
                      {"($first := $substring(?, 0, 3); $first('hello'))", R"("hel")"},
                      {"($add := function($x, $y){$x + $y}; $inc := $add(1, ?); $inc(5))", "6"},
                      {"$map([1, 2], $power(?, 2))", "[1,4]"},
                      {"($f := function($a, $b, $c){$a & $b & $c}; $g := $f(?, 'y', ?); $g('x', 'z'))", R"("xyz")"},
                      {"($f := $substring(?, ?, 2); $f('hello', 1))", R"("el")"},
                      {"substring(?, 0)", "T1007 at 10"},
                      {"$nothing(?)", "T1008 at 9"},
                      {"5(?)", "T1008 at 2"},
                      {"($f := function($x){$x}(?); $f(4))", "4"},
                  });
}

TEST(Functions, Chains) {
  expect_rows(R"({"a":"hello"})", {
                                      {"a ~> $uppercase", R"("HELLO")"},
                                      {"a ~> $uppercase()", R"("HELLO")"},
                                      {"a ~> $substring(1, 2)", R"("el")"},
                                      {"a ~> $uppercase ~> $length", "5"},
                                      {"($f := $uppercase ~> $substring(?, 1); $f('abc'))", R"("BC")"},
                                      {"($f := $trim ~> $uppercase ~> $length; $f(' ab '))", "2"},
                                      {"[1, 2] ~> $sum", "3"},
                                      {"a ~> function($x){$x & '!'}", R"("hello!")"},
                                      {"5 ~> 6", "T2006 at 4"},
                                      {"a ~> missing", "T2006 at 4"},
                                      {"missing ~> $string()", "undefined"},
                                      {"[3, 1] ~> $sort ~> $join()", "T0412 at 25"},
                                      {"[1, 2, 3] ~> $reverse()[0]", "[3,2,1]"},
                                  });
}

TEST(Functions, Signatures) {
  expect_rows(R"({"a":"ctx","n":3})", {
                                          {"function($x)<n:n>{$x}(5)", "5"},
                                          {"function($x)<n:n>{$x}('a')", "T0410 at 22"},
                                          {"function($x, $y)<sn?:s>{$x & $y}('a')", R"("a")"},
                                          {"function($x, $y)<sn?:s>{$x & $y}('a', 'b')", "T0410 at 33"},
                                          {"a.(function($x)<s-:s>{$x})()", R"("ctx")"},
                                          {"n.(function($x)<s-:s>{$x})()", "T0411 at 27"},
                                          {"function($x)<a:a>{$x}(1)", "[1]"},
                                          {"function($x)<a<n>:n>{$sum($x)}([1, 2])", "3"},
                                          {"function($x)<a<n>:n>{$sum($x)}([1, 'b'])", "T0412 at 31"},
                                          {"function($x)<a<n>:n>{$x}('b')", "T0412 at 25"},
                                          {"function($x)<(sn):s>{$x}(true)", "T0410 at 25"},
                                          {"function($x)<(sn):s>{$x}(1)", "1"},
                                          {"function($x)<j:s>{$x}($sum)", "T0410 at 22"},
                                          {"function($x)<f:n>{$x(2)}(function($y){$y * 2})", "4"},
                                          {"function($x)<f:n>{1}(2)", "T0410 at 21"},
                                          {"function($x)<x+:n>{$x}(1)", "1"},
                                          {"function($x)<b:b>{$x}(null)", "T0410 at 22"},
                                          {"function($x)<l:l>{$x}(null)", "null"},
                                          {"function($x)<o:o>{$x}([])", "T0410 at 22"},
                                          {"function($x, $y)<s+n:s>{$y}('a', 'b', 1)", R"("b")"},
                                      });
}

TEST(Functions, ThatCallFunctions) {
  expect_rows(R"({"l":[1,2,3],"o":{"a":1,"b":2}})", {
                                                        {"$map(l, function($v){$v * 2})", "[2,4,6]"},
                                                        {"$map(l, function($v, $i){$i})", "[0,1,2]"},
                                                        {"$map(l, function($v, $i, $a){$count($a)})", "[3,3,3]"},
                                                        {"$map(5, $string)", R"("5")"},
                                                        {"$map(l, function($v){$v = 2 ? missing : $v})", "[1,3]"},
                                                        {"$map(l[0], function($v){$v})", "1"},
                                                        {"$filter(l, function($v){$v > 1})", "[2,3]"},
                                                        {"$filter(l, function($v){$v > 5})", "undefined"},
                                                        {"$filter(l, function($v, $i){$i = 0})", "1"},
                                                        {"$reduce(l, function($a, $b){$a + $b})", "6"},
                                                        {"$reduce(l, function($a, $b){$a + $b}, 10)", "16"},
                                                        {"$reduce(l, function($a, $b, $i){$a & $i})", R"("112")"},
                                                        {"$reduce([], function($a, $b){1})", "undefined"},
                                                        {"$reduce([], function($a, $b){1}, 5)", "5"},
                                                        {"$reduce(l, function($a){$a})", "D3050 at 8"},
                                                        {"$each(o, function($v, $k){$k & $v})", R"(["a1","b2"])"},
                                                        {"$each(o, function($v){$v})", "[1,2]"},
                                                        {"$sift(o, function($v){$v > 1})", R"({"b":2})"},
                                                        {"$sift(o, function($v, $k){$k = 'c'})", "undefined"},
                                                        {"$single(l, function($v){$v = 2})", "2"},
                                                        {"$single(l, function($v){$v > 1})", "D3138 at 8"},
                                                        {"$single(l, function($v){$v > 5})", "D3139 at 8"},
                                                        {"$single([7])", "7"},
                                                        {"$map(missing, $string)", "undefined"},
                                                        {"$filter(missing, $boolean)", "undefined"},
                                                        {"$sort(l, function($a, $b){$a < $b})", "[3,2,1]"},
                                                        {"$map(l, $sum)", "[1,2,3]"},
                                                        {"$map(['a'], $uppercase)", R"("A")"},
                                                    });
}

TEST(Functions, CallsOfWhatIsNone) {
  expect_rows(R"({"a":1})", {
                                {"a(1)", "T1006 at 2"},
                                {"$nothing(1)", "T1006 at 9"},
                                {"sum([1])", "T1005 at 4"},
                                {"nothing(1)", "T1006 at 8"},
                                {"'x'(1)", "T1006 at 4"},
                                {"5()", "T1006 at 2"},
                                {"(1)(2)", "T1006 at 4"},
                                {"{'a': 1}.a()", "T1006 at 11"},
                                {"$uppercase('a')('b')", "T1006 at 16"},
                            });
}

TEST(Functions, Eval) {
  expect_rows(R"({"a":5})", {
                                {"$eval('1 + 2')", "3"},
                                {"$eval('a + 1')", "6"},
                                {"$eval('a', {'a': 8})", "8"},
                                {"$eval(missing)", "undefined"},
                                {"($x := 3; $eval('$x + 1'))", "4"},
                                {"$eval('1 +')", "D3120 at 6"},
                                {R"($eval('"a" + 1'))", "D3121 at 6"},
                                {R"($eval('$eval("2")'))", "2"},
                                {"$eval('[1..3]')[1]", "2"},
                            });
}

}  // namespace
}  // namespace stepwell::jsonata
