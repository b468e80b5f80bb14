#include "table.h"

namespace stepwell::jsonata {
namespace {

TEST(Arrays, PutTogetherAndTurned) {
  expect_rows(R"({"l":[1,2],"s":"x"})", {
                                            {"$append(l, 3)", "[1,2,3]"},
                                            {"$append(1, 2)", "[1,2]"},
                                            {"$append(l, [3, 4])", "[1,2,3,4]"},
                                            {"$append(missing, 1)", "1"},
                                            {"$append(1, missing)", "1"},
                                            {"$append([], [])", "[]"},
                                            {"$append('a', {'b': 1})", R"(["a",{"b":1}])"},
                                            {"$reverse(l)", "[2,1]"},
                                            {"$reverse([])", "[]"},
                                            {"$reverse(5)", "[5]"},
                                            {"$reverse(missing)", "undefined"},
                                            {"$distinct([1, 1, '1', [1], [1], {'a': 1}, {'a': 1}, null, null, true])",
                                             R"([1,"1",[1],{"a":1},null,true])"},
                                            {"$distinct(missing)", "undefined"},
                                            {"$distinct(5)", "5"},
                                            {"$distinct([1, 1])", "[1]"},
                                            {"$zip([1, 2, 3], ['a', 'b'])", R"([[1,"a"],[2,"b"]])"},
                                            {"$zip([1], [2], [3])", "[[1,2,3]]"},
                                            {"$zip(1, 2)", "[[1,2]]"},
                                            {"$zip([], [1])", "[]"},
                                            {"$zip()", "T0410 at 5"},
                                            {"$zip([1, 2])", "[[1],[2]]"},
                                            {"$shuffle([])", "[]"},
                                            {"$shuffle([1])", "[1]"},
                                            {"$count($shuffle([1..10]))", "10"},
                                            {"$sort($shuffle([1..5]))", "[1,2,3,4,5]"},
                                        });
}

TEST(Arrays, Sorted) {
  expect_rows(R"({"o":[{"n":2,"k":"b"},{"n":1,"k":"a"},{"n":2,"k":"a"}]})",
              {
                  {"$sort([3, 1, 2])", "[1,2,3]"},
                  {"$sort(['b', 'a', 'B'])", R"(["B","a","b"])"},
                  {"$sort([])", "[]"},
                  {"$sort(5)", "[5]"},
                  {"$sort(missing)", "undefined"},
                  {"$sort([1, 'a'])", "D3070 at 6"},
                  {"$sort(o)", "D3070 at 6"},
                  {"$sort(o, function($l, $r){$l.n > $r.n}).k", R"(["a","b","a"])"},
                  {"$sort([1, 2, 3], function($l, $r){$l < $r})", "[3,2,1]"},
                  {"$sort([true, false])", "D3070 at 6"},
                  {"$sort([1, 2], function($l, $r){$error('no')})", "D3137 at 38"},
                  {"o^(n, k).k", R"(["a","a","b"])"},
                  {"o^(>n, <k).k", R"(["a","b","a"])"},
                  {"o^(o).k", R"(["b","a","a"])"},
                  {"[1, 'a']^($)", "T2007 at 9"},
                  {"[true, false]^($)", "T2008 at 14"},
                  {"$sort([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])", "[1,2,3,4,5,6,7,8,9,10]"},
              });
}

TEST(Objects, Looked) {
  expect_rows(R"({"o":{"a":1,"b":{"c":[2]}},"l":[{"a":1},{"a":2,"d":3},5]})",
              {
                  {"$keys(o)", R"(["a","b"])"},
                  {"$keys(l)", R"(["a","d"])"},
                  {"$keys({})", "undefined"},
                  {"$keys(5)", "undefined"},
                  {"$keys(missing)", "undefined"},
                  {"$keys({'a': 1})", R"("a")"},
                  {"$lookup(o, 'a')", "1"},
                  {"$lookup(l, 'a')", "[1,2]"},
                  {"$lookup(o, 'x')", "undefined"},
                  {"$lookup(missing, 'a')", "undefined"},
                  {"$lookup(5, 'a')", "undefined"},
                  {"$spread(o)", R"([{"a":1},{"b":{"c":[2]}}])"},
                  {"$spread(l)", R"([{"a":1},{"a":2},{"d":3},5])"},
                  {"$spread(5)", "5"},
                  {"$spread({})", "undefined"},
                  {"$merge([{'a': 1}, {'b': 2, 'a': 3}])", R"({"a":3,"b":2})"},
                  {"$merge({'a': 1})", R"({"a":1})"},
                  {"$merge([])", "{}"},
                  {"$merge(missing)", "undefined"},
                  {"$merge([1])", "T0412 at 7"},
                  {"$merge(l)", "T0412 at 7"},
                  {"$clone(o)", R"({"a":1,"b":{"c":[2]}})"},
                  {"$clone(missing)", "undefined"},
                  {"$clone([1, {'a': 2}])", R"([1,{"a":2}])"},
                  {"o.$keys()", R"(["a","b"])"},
                  {"$clone(5)", "T0410 at 7"},
              });
}

TEST(Booleans, Cast) {
  expect_rows(R"({"e":[]})", {
                                 {"$boolean(0)", "false"},
                                 {"$boolean(1)", "true"},
                                 {"$boolean('')", "false"},
                                 {"$boolean('a')", "true"},
                                 {"$boolean([])", "false"},
                                 {"$boolean([0])", "false"},
                                 {"$boolean([0, 1])", "true"},
                                 {"$boolean({})", "false"},
                                 {"$boolean({'a': 0})", "true"},
                                 {"$boolean(null)", "false"},
                                 {"$boolean(missing)", "undefined"},
                                 {"$boolean($sum)", "false"},
                                 {"$not(true)", "false"},
                                 {"$not(0)", "true"},
                                 {"$not(missing)", "undefined"},
                                 {"$not('a')", "false"},
                                 {"$exists(missing)", "false"},
                                 {"$exists(e)", "true"},
                                 {"$exists(null)", "true"},
                                 {"$boolean(1/0)", "D1001 at 9"},
                                 {"$type(1/0)", "D1001 at 6"},
                                 {"$sort([1/0, 1])", "D1001 at 6"},
                                 {"$sort([1/0])", "[null]"},
                                 {"$not([1/0])", "D1001 at 5"},
                                 {"$type(1)", R"("number")"},
                                 {"$type('a')", R"("string")"},
                                 {"$type(null)", R"("null")"},
                                 {"$type(true)", R"("boolean")"},
                                 {"$type([])", R"("array")"},
                                 {"$type({})", R"("object")"},
                                 {"$type($sum)", R"("function")"},
                                 {"$type(missing)", "undefined"},
                                 {"$exists()", "T0410 at 8"},
                             });
}

TEST(Errors, RaisedOnPurpose) {
  expect_rows("", {
                      {"$error('mine')", "D3137 at 7"},
                      {"$error()", "D3137 at 7"},
                      {"$error(missing)", "D3137 at 7"},
                      {"$assert(true, 'x')", "undefined"},
                      {"$assert(false, 'told')", "D3141 at 8"},
                      {"$assert(false)", "D3141 at 8"},
                      {"$assert(missing)", "D3141 at 8"},
                      {"$assert('x')", "T0410 at 8"},
                      {"$error(5)", "T0410 at 7"},
                  });
}

}  // namespace
}  // namespace stepwell::jsonata
