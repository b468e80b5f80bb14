#include "table.h"

namespace stepwell::jsonata {
namespace {

TEST(Operators, Arithmetic) {
  expect_rows(R"({"a":7,"s":"x"})", {
                                        {"1 + 2", "3"},
                                        {"1 + 2 * 3", "7"},
                                        {"(1 + 2) * 3", "9"},
                                        {"7 - 2 - 1", "4"},
                                        {"2 * 3 % 4", "2"},
                                        {"7 / 2", "3.5"},
                                        {"-7 % 3", "-1"},
                                        {"7 % -3", "1"},
                                        {"5.5 % 2", "1.5"},
                                        {"-a", "-7"},
                                        {"--a", "7"},
                                        {"-(a + 1)", "-8"},
                                        {"a+1", "8"},
                                        {"a - -1", "8"},
                                        {"1e3 * 1e-3", "1"},
                                        {"0.1 + 0.2", "0.30000000000000004"},
                                        {"1 / 3", "0.3333333333333333"},
                                        {"missing + 1", "undefined"},
                                        {"1 + missing", "undefined"},
                                        {"-missing", "undefined"},
                                        {"-0", "0"},
                                        {"1e300 * 1e10", "null"},
                                        {"0/0", "null"},
                                    });
}

TEST(Operators, ArithmeticOnOtherTypes) {
  expect_rows(R"({"s":"x","n":null,"l":[1],"o":{}})", {
                                                          {"s + 1", "T2001 at 3"},
                                                          {"1 + s", "T2002 at 3"},
                                                          {"n * 2", "T2001 at 3"},
                                                          {"2 - n", "T2002 at 3"},
                                                          {"l + 1", "T2001 at 3"},
                                                          {"1 / o", "T2002 at 3"},
                                                          {"s % 2", "T2001 at 3"},
                                                          {"-s", "D1002 at 1"},
                                                          {"-n", "D1002 at 1"},
                                                          {"-o", "D1002 at 1"},
                                                          {"missing + s", "T2002 at 9"},
                                                          {"true + 1", "T2001 at 6"},
                                                          {"1e300 * 1e10 + 1", "D1001 at 14"},
                                                          {"-(1/0)", "D1001 at 1"},
                                                          {"$sum + 1", "T2001 at 6"},
                                                      });
}

TEST(Operators, Comparisons) {
  expect_rows(R"({"a":7,"n":null})", {
                                         {"1 < 2", "true"},
                                         {"2 < 1", "false"},
                                         {"2 <= 2", "true"},
                                         {"3 > 2", "true"},
                                         {"2 >= 3", "false"},
                                         {"'a' < 'b'", "true"},
                                         {"'a' < 'B'", "false"},
                                         {"'a' < 'aa'", "true"},
                                         {"'10' < '9'", "true"},
                                         {"missing < 1", "undefined"},
                                         {"1 > missing", "undefined"},
                                         {"missing < missing", "undefined"},
                                         {"'é' > 'z'", "true"},
                                         {R"('\uffff' < '\ud83d\ude00')", "false"},
                                         {"1 < '1'", "T2009 at 3"},
                                         {"a < n", "T2010 at 3"},
                                         {"n > a", "T2010 at 3"},
                                         {"true < false", "T2010 at 6"},
                                         {"[1] < 1", "T2010 at 5"},
                                         {"missing < true", "T2010 at 9"},
                                         {"missing < 'a'", "undefined"},
                                     });
}

TEST(Operators, Equality) {
  expect_rows(R"({"a":[1,{"b":[null,true]}],"c":[1,{"b":[null,true]}],"d":{"x":1,"y":2},"e":{"y":2,"x":1}})",
              {
                  {"1 = 1", "true"},
                  {"1 = '1'", "false"},
                  {"1 = 1.0", "true"},
                  {"'a' = 'a'", "true"},
                  {"'a' != 'b'", "true"},
                  {"a = c", "true"},
                  {"a != c", "false"},
                  {"d = e", "true"},
                  {"d = {'x': 1}", "false"},
                  {"d = {'x': 1, 'y': 2, 'z': 3}", "false"},
                  {"[] = []", "true"},
                  {"null = null", "true"},
                  {"null = false", "false"},
                  {"missing = missing", "false"},
                  {"missing != missing", "false"},
                  {"missing = 1", "false"},
                  {"[1, 2] = [2, 1]", "false"},
                  {"$sum = $sum", "true"},
                  {"{} = []", "false"},
                  {"true = true", "true"},
                  {"0 = -0", "true"},
              });
}

TEST(Operators, LogicTakesAnyValue) {
  expect_rows(R"({"z":0,"s":"","l":[0,""],"m":[0,1],"o":{},"p":{"a":0},"n":null})",
              {
                  {"true and false", "false"},
                  {"true and true", "true"},
                  {"false or true", "true"},
                  {"false or false", "false"},
                  {"z or s", "false"},
                  {"l or n", "false"},
                  {"m and p", "true"},
                  {"o or missing", "false"},
                  {"1 and 'x'", "true"},
                  {"missing and true", "false"},
                  {"not_there or true", "true"},
                  {"$sum or false", "false"},
                  {"[[0], [1]] and true", "true"},
                  {"[[]] or false", "false"},
                  {"false and $error('not asked')", "false"},
                  {"true or $error('not asked')", "true"},
                  {"true and 1/0", "D1001 at 8"},
                  {"1/0 or true", "D1001 at 6"},
              });
}

TEST(Operators, Membership) {
  expect_rows(R"({"l":["a",1,null,[2]]})", {
                                               {"'a' in l", "true"},
                                               {"'b' in l", "false"},
                                               {"1 in l", "true"},
                                               {"'1' in l", "false"},
                                               {"null in l", "true"},
                                               {"1 in 1", "true"},
                                               {"'a' in 'abc'", "false"},
                                               {"missing in l", "false"},
                                               {"1 in missing", "false"},
                                               {"[2] in l", "false"},
                                               {"l[3] in l", "true"},
                                               {"1 in []", "false"},
                                           });
}

TEST(Operators, Concatenation) {
  expect_rows(R"({"o":{"a":[1,2.5]},"n":null})", {
                                                     {"'a' & 'b'", R"("ab")"},
                                                     {"'a' & 1", R"("a1")"},
                                                     {"1 & 2", R"("12")"},
                                                     {"'a' & missing", R"("a")"},
                                                     {"missing & missing", R"("")"},
                                                     {"'x' & o", R"("x{\"a\":[1,2.5]}")"},
                                                     {"'x' & n", R"("xnull")"},
                                                     {"true & ''", R"("true")"},
                                                     {"0.1 + 0.2 & ''", R"("0.3")"},
                                                     {"'f' & $sum", R"("f")"},
                                                     {"[1, 'b'] & ''", R"("[1,\"b\"]")"},
                                                     {"1e21 & '' & 1e-7", R"("1e+211e-7")"},
                                                     {"'a' & 1/0", "D3001 at 5"},
                                                     {"'a' & [1/0]", "D1001 at 5"},
                                                 });
}

TEST(Operators, Ranges) {
  expect_rows("", {
                      {"[1..3]", "[1,2,3]"},
                      {"[3..1]", "[]"},
                      {"[1..1]", "[1]"},
                      {"[-1..1]", "[-1,0,1]"},
                      {"[1..2, 5, 7..8]", "[1,2,5,7,8]"},
                      {"[1..missing]", "[]"},
                      {"[missing..2]", "[]"},
                      {"[1.5..2]", "T2003 at 6"},
                      {"['a'..2]", "T2003 at 6"},
                      {"[1..2.5]", "T2004 at 4"},
                      {"[1..'b']", "T2004 at 4"},
                      {"[0..10000000]", "D2014 at 4"},
                      {"$count([1..1000])", "1000"},
                      {"[1..3].($ * 2)", "[2,4,6]"},
                      {"[1..3][1]", "2"},
                      {"[true..2]", "T2003 at 7"},
                  });
}

TEST(Operators, Conditions) {
  expect_rows(R"({"a":1,"e":[]})", {
                                       {"a = 1 ? 'one' : 'other'", R"("one")"},
                                       {"a = 2 ? 'two' : 'other'", R"("other")"},
                                       {"a = 2 ? 'two'", "undefined"},
                                       {"e ? 1 : 2", "2"},
                                       {"missing ? 1 : 2", "2"},
                                       {"a ? a = 1 ? 'x' : 'y' : 'z'", R"("x")"},
                                       {"false ? 1 : true ? 2 : 3", "2"},
                                       {"'' ? 1 : 2", "2"},
                                       {"[0] ? 1 : 2", "2"},
                                       {"$sum ? 1 : 2", "2"},
                                       {"1/0 ? 1 : 2", "D1001 at 5"},
                                       {"{} ? 1 : 2", "2"},
                                   });
}

TEST(Operators, BindAsTheyAreOrdered) {
  expect_rows(R"({"a":2,"b":3})", {
                                      {"a + b * a", "8"},
                                      {"a = 2 and b = 3 or false", "true"},
                                      {"a & b + 1", "T2001 at 7"},
                                      {"1 + 1 = 2", "true"},
                                      {"a in [1, 2] and true", "true"},
                                      {"a < b = true", "true"},
                                      {"-a.b", "undefined"},
                                      {"a ? b : a & b", "3"},
                                      {"2 + 3 ~> $string", R"("5")"},
                                      {"a := 1", "S0212 at 1"},
                                      {"1 - 2 + 3", "2"},
                                      {"8 / 2 / 2", "2"},
                                      {"a * b ~> $sum()", "6"},
                                  });
}

}  // namespace
}  // namespace stepwell::jsonata
