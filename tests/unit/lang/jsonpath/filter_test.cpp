#include "table.h"

namespace stepwell::jsonpath {
namespace {

TEST(Filter, Existence) {
  constexpr std::string_view items = R"([{"keep":true},{"keep":false},{"other":1},{"keep":null},{"keep":{"a":1}}])";
  expect_rows(items,
              {
                  {"$[?(@.keep)]", R"([{"keep":true},{"keep":false},{"keep":{"a":1}}])"},
                  {"$.[?(@.keep)]", R"([{"keep":true},{"keep":false},{"keep":{"a":1}}])"},
                  {"$[?(!@.keep)]", R"([{"other":1},{"keep":null}])"},
                  {"$[?(@.keep.a)]", R"([{"keep":{"a":1}}])"},
                  {"$[ ? ( @['keep']['a'] ) ]", R"([{"keep":{"a":1}}])"},
                  {"$[?(@.keep[0])]", "invalid: Filter: [0] can only be applied to arrays. Current context is: true"},
              });
}

TEST(Filter, ComparesToALiteral) {
  constexpr std::string_view users =
      R"([{"s":0,"n":"a"},{"s":1.0,"n":"b"},{"s":"1","n":"null"},{"s":true},{"s":null},{"n":"c d"},{"s":[1]}])";
  expect_rows(users, {
                         {"$[?(@.s == 0)].n", R"(["a"])"},
                         {"$[?(@.s == 1)].n", R"(["b","null"])"},
                         {"$[?(@.s == 1.00)].n", R"(["b"])"},
                         {"$[?(@.s == '1')].n", R"(["b","null"])"},
                         {"$[?(@.s == true)].s", "[true]"},
                         {"$[?(@.s == TRUE)].s", "[true]"},
                         {"$[?(@.s == false)].s", "[]"},
                         {"$[?(@.s == null)].s", "[null]"},
                         {"$[?(@.n == null)].n", R"(["null"])"},
                         {"$[?(@.n == a)].n", R"(["a"])"},
                         {"$[?(@.n==c d)].n", R"(["c d"])"},
                         {"$[?(@.n == 'c d')].n", R"(["c d"])"},
                         {"$[?(@.n != 'a')].n", R"(["b","null","c d"])"},
                         {"$[?(@.s != 1)].s", "[0,true,null]"},
                         {"$[?(@.s > 0)].s", R"([1.0,"1",true])"},
                         {"$[?(@.s >= 0)].s", R"([0,1.0,"1",true])"},
                         {"$[?(@.s < 1)].s", "[0]"},
                         {"$[?(@.s <= 1)].s", R"([0,1.0,"1"])"},
                         {"$[?('a' == @.n)].n", R"(["a"])"},
                     });
}

TEST(Filter, Texts) {
  expect_rows({
      {R"($[?(@.n == 'it\'s')])", R"([{"n":"it's"},{"n":"its"}])", R"([{"n":"it's"}])"},
      {"$[?(@.n == '(a) && [b] || c')]", R"([{"n":"(a) && [b] || c"}])", R"([{"n":"(a) && [b] || c"}])"},
      {"$[?(@.n == 'a<b')]", R"([{"n":"a<b"}])", R"([{"n":"a<b"}])"},
      {"$[?(@.Name==/eggs/cooked/like)].Value", R"([{"Name":"/eggs/cooked/like","Value":"poached"}])",
       R"(["poached"])"},
      {R"($[?(@.n == "a")])", R"([{"n":"a"}])", "[]"},
      {"$[?(@.n == '')]", R"([{"n":""},{"n":"a"}])", R"([{"n":""}])"},
      {"$[?(@.n < 'b')]", R"([{"n":"a"},{"n":"b"},{"n":"ab"}])", R"([{"n":"a"},{"n":"ab"}])"},
      {"$[?(@.n < '\uE000')]", "[{\"n\":\"\U00010000\"},{\"n\":\"\uE001\"}]", "[{\"n\":\"\U00010000\"}]"},
  });
}

TEST(Filter, Numbers) {
  expect_rows({
      {"$[?(@.a == +5)].a", R"([{"a":5}])", "[5]"},
      {"$[?(@.a == .5)].a", R"([{"a":0.5}])", "[0.5]"},
      {"$[?(@.a == 1e2)].a", R"([{"a":100}])", "[100]"},
      {"$[?(@.a > 9007199254740992)].a", R"([{"a":9007199254740992},{"a":9007199254740993}])", "[9007199254740993]"},
      {"$[?(@.a < -1.5)].a", R"([{"a":-2},{"a":-1}])", "[-2]"},
      {"$[?(@.a == inf)].a", R"([{"a":1e999}])", "[]"},
      {"$[?(@.a == x)].a", R"([{"a":5}])", "[]"},
      {"$[?(@.a != x)].a", R"([{"a":5}])", "[]"},
  });
}

TEST(Filter, ComparesToAPath) {
  expect_rows({
      {"$.approaches[?(@.workerId == $.agent_id)].approach",
       R"({"agent_id":7,"approaches":[{"workerId":7,"approach":"x"},{"workerId":8,"approach":"y"}]})", R"(["x"])"},
      {"$[?(@.a == @.b)]", R"([{"a":1,"b":1.0},{"a":1,"b":2},{"a":1},{"a":{"x":1},"b":{"x":1}}])",
       R"([{"a":1,"b":1.0}])"},
      {"$[?(@.a == @.a)].a", R"([{"a":[1]},{"a":null}])", "[[1],null]"},
      {"$[?(@.a > @.b)]", R"([{"a":null,"b":1},{"a":1,"b":null},{"a":null,"b":null}])", "[]"},
      {"$[?(@.a >= @.b)]", R"([{"a":null,"b":null}])", R"([{"a":null,"b":null}])"},
      {"$[?(@.a[0] == 1)].a", R"([{"a":[1]},{"a":[]},{"b":1}])", "[[1]]"},
      {"$[?(@.a[0] == null)].a", R"([{"a":[1]},{"a":[]}])", "[[]]"},
      {"$[?(@.a[(@.length-1)] == 2)].a", R"([{"a":[1,2]},{"a":[2,1]}])", "[[1,2]]"},
  });
}

TEST(Filter, Scalars) {
  expect_rows({
      {"$[?(@ > 2)]", "[1,2,3,null]", "[3]"},
      {"$[?(@ == 'a')]", R"(["a","b"])", R"(["a"])"},
      {"$[?(@.a == 1)]", R"(["a",{"a":1}])", R"([{"a":1}])"},
  });
}

TEST(Filter, WhatItIsAppliedTo) {
  expect_rows({
      {"$.o[?(@.a == 1)]", R"({"o":{"a":1}})", R"([{"a":1}])"},
      {"$.o[?(@.a == 1)].b", R"({"o":{"a":1,"b":2}})", "[2]"},
      {"$.o[?(@.a == 1)]", R"({"o":{"a":2}})", "[]"},
      {"$.o[?(@.a == 1)].b", R"({"o":"x"})",
       "invalid: Filter: [?]['b'] can not be applied to primitives. Current context is: x"},
      {"$[?(@.a == 1)][0]", R"([{"a":1}])",
       R"(invalid: Filter: [0] can only be applied to arrays. Current context is: {"a":1})"},
      {"$[?(@.a == 1)].b", R"([{"a":1,"b":2},{"a":1}])", "not_found: No results for path: $[1]['b']"},
      {"$[?(@.s == done)]..id", R"([{"s":"done","id":1},{"s":"no","id":2}])", "[1]"},
  });
}

TEST(Filter, LogicalOperators) {
  constexpr std::string_view items = R"([{"a":1,"b":1,"c":1},{"a":1,"b":2,"c":2},{"a":2,"b":2,"c":1}])";
  expect_rows(items, {
                         {"$[?(@.a == 1 && @.b == 2)].c", "[2]"},
                         {"$[?(@.a == 2 || @.b == 1)].c", "[1,1]"},
                         {"$[?(@.a == 2 || @.b == 2 && @.c == 2)].a", "[1,2]"},
                         {"$[?(@.b == 2 && @.c == 2 || @.a == 2)].a", "[1,2]"},
                         {"$[?(@.a && !@.x && @.c != 1)].b", "[2]"},
                     });
}

TEST(Filter, ParenthesesDoNotGroup) {
  constexpr std::string_view items = R"([{"a":1,"b":1,"c":1},{"a":2,"b":2,"c":2}])";
  expect_rows(items, {
                         {"$[?((@.a == 1 || @.b == 2) && @.c == 2)].c", "[1,2]"},
                         {"$[?((@.a == 1) && (@.b == 1))].c", "[1]"},
                     });
}

TEST(Filter, RegularExpressions) {
  constexpr std::string_view items = R"([{"n":"Alpha"},{"n":"beta"},{"n":12},{"n":null},{"n":[1]},{"n":true},{}])";
  expect_rows(items, {
                         {"$[?(@.n =~ /[A-Z].*/)].n", R"(["Alpha"])"},
                         {"$[?(@.n =~ /ALPHA|BETA/i)].n", R"(["Alpha","beta"])"},
                         {"$[?(@.n =~ /lph/)].n", "[]"},
                         {"$[?(@.n =~ /[0-9]{2}/)].n", "[12]"},
                         {R"($[?(@.n =~ /\[1\]|true/)].n)", "[[1],true]"},
                         {"$[?(/b(et)a/ =~ @.n)].n", R"(["beta"])"},
                         {"$[?(@.n == /beta/)].n", "[]"},
                     });
}

}  // namespace
}  // namespace stepwell::jsonpath
