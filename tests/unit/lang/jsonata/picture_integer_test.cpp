#include "lang/jsonata/picture/integer_picture.h"

#include <cmath>
#include <initializer_list>
#include <utility>

#include <gtest/gtest.h>

namespace stepwell::jsonata {
namespace {

struct Row {
  double number;
  std::string_view picture;
  std::string_view text;
};

void expect_formatted(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(format_integer(row.number, row.picture).value_or("an error"), row.text) << row.picture;
  }
}

void expect_read(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    const auto number = parse_integer(row.text, row.picture);
    ASSERT_TRUE(number) << row.picture;
    if (std::isnan(row.number)) {
      EXPECT_TRUE(std::isnan(*number)) << row.text << " as " << row.picture;
    } else {
      EXPECT_EQ(*number, row.number) << row.text << " as " << row.picture;
    }
  }
}

void expect_both_ways(std::initializer_list<Row> rows) {
  expect_formatted(rows);
  expect_read(rows);
}

TEST(IntegerPicture, Digits) {
  expect_both_ways({
      {-3, "0000", "-0003"},
      {1234, "###0", "1234"},
      {12340, "###١", "١٢٣٤٠"},
      {12340, "0", "12340"},
      {1e20, "0", "100000000000000000000"},
      {123, "000;o", "123rd"},
      {11, "0;o", "11th"},
      {28, "#0;o", "28th"},
      {112, "0;o", "112th"},
      {5, "0;x", "5"},
  });
  expect_formatted({{12.6, "0", "12"}, {-12.6, "0", "-13"}, {2, "١;o", "٢nd"}, {1e21, "0", "1000000000000000000000"}});
}

TEST(IntegerPicture, Grouping) {
  expect_both_ways({
      {12, "#,##0", "12"},
      {1234567890, "#,##0", "1,234,567,890"},
      {1234567890, "#:###,##0", "1234:567,890"},
      {1234567890, "##,##,##0", "12345,67,890"},
      {5, "#,#,##,#0", "5"},
  });
  expect_formatted({{1234, "0,0,,0", "12,3,,4"}, {5, "00:00", "00:05"}, {1234, "0a", "1234a"}, {12, "0😀0", "1😀2"}});
}

TEST(IntegerPicture, RomanNumerals) {
  expect_both_ways({{1984, "I", "MCMLXXXIV"}, {99, "i", "xcix"}, {0, "I", ""}, {12000, "I", "MMMMMMMMMMMM"}});
  expect_read({{8, "I", "IIX"}, {999, "I", "IM"}, {1900, "i", "MCM"}, {NAN, "I", "mcm"}, {NAN, "I", "XIVth"}});
  EXPECT_EQ(format_integer(1e7, "I").error().code, Code::U1001);
}

TEST(IntegerPicture, Letters) {
  expect_both_ways({{12, "a", "l"}, {702, "A", "ZZ"}, {703, "A", "AAA"}, {123456, "A", "FZPH"}, {0, "a", ""}});
  expect_read({{NAN, "A", "a"}, {NAN, "a", "a1"}});
}

TEST(IntegerPicture, Words) {
  expect_both_ways({
      {0, "w", "zero"},
      {34, "w", "thirty-four"},
      {100, "w", "one hundred"},
      {555, "W", "FIVE HUNDRED AND FIFTY-FIVE"},
      {555, "Ww", "Five Hundred and Fifty-Five"},
      {1001, "w", "one thousand and one"},
      {1100, "w", "one thousand, one hundred"},
      {327730, "w", "three hundred and twenty-seven thousand, seven hundred and thirty"},
      {1e15, "w", "one thousand trillion"},
      {1e46, "w", "ten billion trillion trillion trillion"},
      {0, "w;o", "zeroth"},
      {20, "w;o", "twentieth"},
      {99, "W;o", "NINETY-NINTH"},
      {1000, "w;o", "one thousandth"},
      {733, "Ww;o", "Seven Hundred and Thirty-Third"},
      {1000000000001, "w;o", "one trillion and first"},
  });
  expect_formatted({{-5, "w", "-five"}});
  expect_read({
      {1984, "w", "nineteen hundred and eighty-four"},
      {102, "w", "one-hundred-two"},
      {2300, "w", "two thousand three hundred"},
      {11900, "w", "one hundred and nineteen hundred"},
      {0, "w", "thousand"},
      {NAN, "w", "-five"},
      {NAN, "w", "one  hundred"},
      {NAN, "w", "five-"},
      {NAN, "w", ""},
  });
}

TEST(IntegerPicture, WhatFollowsDigitsIsIgnored) {
  expect_read({
      {5, "0", " 5 "},
      {5, "0", "+5"},
      {1, "0", "1e3"},
      {1, "0", "1,2,3"},
      {123, "#,##0", "1,2,3"},
      {1, "#:##0", "1:234"},
      {12, "0;o", "12xx"},
      {NAN, "0;o", "1"},
      {NAN, "0", ""},
      {NAN, "0", "-"},
      {NAN, "0", "١"},
  });
}

TEST(IntegerPicture, Errors) {
  const std::pair<std::string_view, std::string_view> unsupported[] = {
      {"α", "\"α\""}, {"", "\"\""}, {";o", "\"\""}, {"#", "\"#\""}, {"wW", "\"wW\""}, {"①", "\"①\""}};
  for (const auto& [picture, shown] : unsupported) {
    const auto text = format_integer(5, picture);
    ASSERT_FALSE(text) << picture;
    EXPECT_EQ(text.error().code, Code::D3130);
    EXPECT_EQ(text.error().shown, shown);
    EXPECT_EQ(parse_integer("5", picture).error().code, Code::D3130);
  }
  EXPECT_EQ(format_integer(5, "##0０").error().code, Code::D3131);
}

}  // namespace
}  // namespace stepwell::jsonata
