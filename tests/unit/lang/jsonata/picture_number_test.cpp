#include "lang/jsonata/picture/number_picture.h"

#include <initializer_list>
#include <limits>
#include <utility>

#include <gtest/gtest.h>

namespace stepwell::jsonata {
namespace {

struct Row {
  double number;
  std::string_view picture;
  std::string_view expected;
};

void expect_rows(std::initializer_list<Row> rows, const NumberSymbols& symbols = {}) {
  for (const Row& row : rows) {
    const auto text = format_number(row.number, row.picture, symbols);
    EXPECT_EQ(text.value_or("an error"), row.expected) << row.number << " as " << row.picture;
  }
}

TEST(NumberPicture, Digits) {
  expect_rows({
      {12345.6, "#,###.00", "12,345.60"},
      {12345678.9, "9,999.99", "12,345,678.90"},
      {123.9, "9999", "0124"},
      {5, "#.#", "5.0"},
      {0, "#", "0"},
      {0, "#.#", ".0"},
      {0.4, "#.##", ".4"},
      {-0.4, "0", "-0"},
      {1234.5, "0.", "1234"},
      {1234.5, "$#,##0.0 each", "$1,234.5 each"},
  });
}

TEST(NumberPicture, RoundsTiesToEvenInDecimal) {
  expect_rows({
      {0.5, "0", "0"},
      {1.5, "0", "2"},
      {2.5, "0", "2"},
      {1.005, "0.00", "1.00"},
      {2.675, "0.00", "2.68"},
      {0.1, "0.##################", "0.100000000000000006"},
  });
}

TEST(NumberPicture, GroupsAtAnIntervalOrWhereThePictureDoes) {
  expect_rows({
      {1234567, "#,##,##0", "12,34,567"},
      {12345678901, "0,00,0", "12345678,90,1"},
      {5, "#,#,##,#0", "5"},
      {1234567.123456789, "0.000,000,000", "1234567.123,456,789"},
      {5.1, "0.0##,#", "5.1"},
  });
}

TEST(NumberPicture, NegativeNumbers) {
  expect_rows({
      {-1234.5, "$#,##0.0", "-$1,234.5"},
      {-1234.5, "#,##0.0;(#,##0.0)", "(1,234.5)"},
      {1234.5, "#,##0.0;(#,##0.0)", "1,234.5"},
      {-1234, "0.0e0", "-1.2e3"},
  });
}

TEST(NumberPicture, PercentAndPerMille) {
  expect_rows({{0.14, "01%", "14%"}, {0.14, "001‰", "140‰"}, {12.345, "%0.00", "%1234.50"}});
  NumberSymbols symbols;
  symbols.set("per-mille", "pm");
  symbols.set("percent", "pct");
  expect_rows({{0.14, "###pm", "140pm"}, {0.14, "0 pct", "14 pct"}}, symbols);
}

TEST(NumberPicture, Exponents) {
  expect_rows({
      {1234.5678, "00.000e0", "12.346e2"},
      {0.234, "#.00e0", "0.23e0"},
      {0.123, "#.e9", "0.1e0"},
      {0.234, ".00e0", ".23e0"},
      {0.00012345, "0.0e00", "1.2e-04"},
      {1e308, "0.0e0000", "1.0e0308"},
      {0, "0.0e0", "0.0e0"},
      {841.869, "$#,##0.0e000)", "$8.4e002)"},
      {1, "e0", "e1"},
  });
}

TEST(NumberPicture, LargeNumbersShowAllDigits) {
  expect_rows({
      {123456789012345680000.0, "#,##0", "123,456,789,012,345,683,968"},
      {1e21, "0.0", "1000000000000000000000.0"},
      {std::numeric_limits<double>::infinity(), "$0", "$Infinity"},
      {-std::numeric_limits<double>::infinity(), "0", "-Infinity"},
      {std::numeric_limits<double>::quiet_NaN(), "0", "NaN"},
  });
}

TEST(NumberPicture, OtherSymbols) {
  NumberSymbols european;
  european.set("decimal-separator", ",");
  european.set("grouping-separator", ".");
  european.set("minus-sign", "minus ");
  expect_rows({{-1234.5, "#.##0,00", "minus 1.234,50"}}, european);
  NumberSymbols circled;
  circled.set("zero-digit", "\u245F");
  expect_rows({{1234.5678, "①①.①①①e①", "①②.③④⑥e②"}}, circled);
  NumberSymbols letters;
  letters.set("zero-digit", "A");
  expect_rows({{2, "AAA.AAA", "AAC.AAA"}, {0.1, "AeAAA", "Be-AAB"}}, letters);
  NumberSymbols shapes;
  shapes.set("pattern-separator", "|");
  shapes.set("digit", "?");
  shapes.set("exponent-separator", "E");
  shapes.set("unknown", "x");
  expect_rows({{-12, "??0|(0E0)", "(1E1)"}}, shapes);
}

TEST(NumberPicture, Errors) {
  const std::pair<std::string_view, Code> rows[] = {
      {"0;0;0", Code::D3080},    {"#.0.0", Code::D3081}, {"#0%%", Code::D3082},    {"#0‰‰", Code::D3083},
      {"#0%‰", Code::D3084},     {".e0", Code::D3085},   {"", Code::D3085},        {"0;", Code::D3085},
      {"0+.e0", Code::D3086},    {"0,.e0", Code::D3087}, {"0.,0", Code::D3087},    {"0,", Code::D3088},
      {"0,,0", Code::D3089},     {"0#.e0", Code::D3090}, {"#0.#0e0", Code::D3091}, {"#0.0e0%", Code::D3092},
      {"#0.0e0,0", Code::D3093}, {"0e", Code::D3093},    {"0;0,,0", Code::D3089},  {"0,,0.0.0", Code::D3089},
  };
  for (const auto& [picture, code] : rows) {
    const auto text = format_number(20, picture);
    ASSERT_FALSE(text) << picture;
    EXPECT_EQ(text.error().code, code) << picture;
  }
}

}  // namespace
}  // namespace stepwell::jsonata
