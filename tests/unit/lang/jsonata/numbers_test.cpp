#include "table.h"

namespace stepwell::jsonata {
namespace {

TEST(Numbers, Cast) {
  expect_rows("", {
                      {"$number('12.5')", "12.5"},
                      {"$number('-1e3')", "-1000"},
                      {"$number('0x1F')", "31"},
                      {"$number('0b101')", "5"},
                      {"$number('0o17')", "15"},
                      {"$number(true)", "1"},
                      {"$number(false)", "0"},
                      {"$number(5)", "5"},
                      {"$number(missing)", "undefined"},
                      {"$number('abc')", "D3030 at 8"},
                      {"$number('')", "D3030 at 8"},
                      {"$number('1.')", "D3030 at 8"},
                      {"$number(' 1')", "D3030 at 8"},
                      {"$number(null)", "T0410 at 8"},
                      {"$number([])", "T0410 at 8"},
                      {"$number('1e999')", "D3030 at 8"},
                      {"$number({})", "T0410 at 8"},
                      {"'7'.$number()", "undefined"},
                  });
}

TEST(Numbers, Rounding) {
  expect_rows("", {
                      {"$floor(-2.5)", "-3"},
                      {"$ceil(-2.5)", "-2"},
                      {"$abs(-3)", "3"},
                      {"$round(2.5)", "2"},
                      {"$round(3.5)", "4"},
                      {"$round(-2.5)", "-2"},
                      {"$round(-0.4)", "0"},
                      {"$round(1.005, 2)", "1"},
                      {"$round(123.456, -2)", "100"},
                      {"$round(125, -1)", "120"},
                      {"$round(0.5)", "0"},
                      {"$round(1.5)", "2"},
                      {"$round(4.525, 2)", "4.52"},
                      {"$round(missing)", "undefined"},
                      {"$floor('a')", "T0410 at 7"},
                      {"$abs(missing)", "undefined"},
                      {"$round(1e-7, 7)", "1e-7"},
                      {"$round(12345678901234567890)", "12345678901234567000"},
                  });
}

TEST(Numbers, PowersAndRoots) {
  expect_rows("", {
                      {"$power(2, 10)", "1024"},
                      {"$power(2, -1)", "0.5"},
                      {"$power(2, 0.5)", "1.4142135623730951"},
                      {"$power(-8, 1/3)", "D3061 at 7"},
                      {"$power(9, 999)", "D3061 at 7"},
                      {"$power(missing, 2)", "undefined"},
                      {"$sqrt(16)", "4"},
                      {"$sqrt(2)", "1.4142135623730951"},
                      {"$sqrt(-1)", "D3060 at 6"},
                      {"$sqrt(missing)", "undefined"},
                      {"$power(0, 0)", "1"},
                  });
}

TEST(Numbers, Totals) {
  expect_rows(R"({"l":[1,2.5,4],"o":[{"n":1},{"n":2}]})", {
                                                              {"$sum(l)", "7.5"},
                                                              {"$sum(5)", "5"},
                                                              {"$sum([])", "0"},
                                                              {"$sum(missing)", "undefined"},
                                                              {"$sum(o.n)", "3"},
                                                              {"$max(l)", "4"},
                                                              {"$min(l)", "1"},
                                                              {"$average(l)", "2.5"},
                                                              {"$max([])", "undefined"},
                                                              {"$average([])", "undefined"},
                                                              {"$max(missing)", "undefined"},
                                                              {"$count(l)", "3"},
                                                              {"$count(missing)", "0"},
                                                              {"$count([])", "0"},
                                                              {"$count(5)", "1"},
                                                              {"$count(o)", "2"},
                                                              {"$sum(['a'])", "T0412 at 5"},
                                                              {"$max([1, 'a'])", "T0412 at 5"},
                                                              {"$min(true)", "T0412 at 5"},
                                                              {"$sum('a')", "T0412 at 5"},
                                                              {"$sum([0.1, 0.2, 0.3])", "0.6000000000000001"},
                                                              {"$average('x')", "T0412 at 9"},
                                                          });
}

TEST(Numbers, Formats) {
  expect_rows(
      "", {
              {"$formatNumber(12345.678, '#,##0.00')", R"("12,345.68")"},
              {"$formatNumber(-5, '0.0;(0.0)')", R"x("(5.0)")x"},
              {"$formatNumber(0.256, '00%')", R"("26%")"},
              {"$formatNumber(1234, '0.0e0')", R"("1.2e3")"},
              {"$formatNumber(1, '#,##0.00', {'decimal-separator': ',', 'grouping-separator': '.'})", "D3091 at 14"},
              {"$formatNumber(missing, '0')", "undefined"},
              {"$formatNumber(5, '0;0;0')", "D3080 at 14"},
              {"$formatNumber(5, '0.0.0')", "D3081 at 14"},
              {"$formatNumber(5, '')", "D3085 at 14"},
              {"$formatNumber(5, '0%%')", "D3082 at 14"},
              {"$formatNumber(5, '0‰‰')", "D3083 at 14"},
              {"$formatNumber(5, '0%‰')", "D3084 at 14"},
              {"$formatNumber(5, '0x0')", "D3086 at 14"},
              {"$formatNumber(5, '0,.0')", "D3087 at 14"},
              {"$formatNumber(5, '0,')", "D3088 at 14"},
              {"$formatNumber(5, '0,,0')", "D3089 at 14"},
              {"$formatNumber(5, '0#')", "D3090 at 14"},
              {"$formatNumber(5, '0.#0')", "D3091 at 14"},
              {"$formatNumber(5, '0e0%')", "D3092 at 14"},
              {"$formatNumber(5, '0e#')", "D3093 at 14"},
              {"$formatBase(100)", R"("100")"},
              {"$formatBase(100, 2)", R"("1100100")"},
              {"$formatBase(-255, 16)", R"("-ff")"},
              {"$formatBase(1, 1)", "D3100 at 12"},
              {"$formatBase(1, 37)", "D3100 at 12"},
              {"$formatBase(2.5, 2)", R"("10")"},
              {"$formatBase(missing)", "undefined"},
              {"$formatInteger(1999, 'I')", R"("MCMXCIX")"},
              {"$formatInteger(1999, 'w')", R"("one thousand, nine hundred and ninety-nine")"},
              {"$formatInteger(28, 'a')", R"("ab")"},
              {"$formatInteger(1234567, '#,##0')", R"("1,234,567")"},
              {"$formatInteger(3, 'w;o')", R"("third")"},
              {"$formatInteger(missing, 'w')", "undefined"},
              {"$parseInteger('MCMXCIX', 'I')", "1999"},
              {"$parseInteger('one hundred and five', 'w')", "105"},
              {"$parseInteger('1,234', '#,##0')", "1234"},
              {"$parseInteger('x', '0')", "null"},
              {"$parseInteger(missing, 'w')", "undefined"},
              {"$formatInteger(5, '0๑')", "D3131 at 15"},
              {"$formatInteger(5, '⓪x')", "D3130 at 15"},
              {"$formatNumber('a', '0')", "T0410 at 14"},
          });
}

}  // namespace
}  // namespace stepwell::jsonata
