#include "lang/jsonata/picture/date_picture.h"

#include <initializer_list>
#include <string>

#include <gtest/gtest.h>

namespace stepwell::jsonata {
namespace {

// 2026-11-20T10:56:27.123Z
constexpr Timestamp kNow{std::chrono::milliseconds{1795172187123}};

// As ISO 8601, "nothing", or a code.
std::string read(std::string_view text, std::string_view picture) {
  const auto milliseconds = parse_date(text, picture, kNow);
  if (!milliseconds) return make_error(milliseconds.error().code, 0).code;
  return *milliseconds ? *format_date(static_cast<double>(**milliseconds)) : "nothing";
}

std::string read_iso(std::string_view text) {
  const auto milliseconds = parse_iso_date(text);
  if (!milliseconds) return make_error(milliseconds.error().code, 0).code;
  return *format_date(static_cast<double>(*milliseconds));
}

struct Row {
  std::string_view text;
  std::string_view picture;
  std::string_view expected;
};

void expect_rows(std::initializer_list<Row> rows) {
  for (const Row& row : rows) EXPECT_EQ(read(row.text, row.picture), row.expected) << row.text << " as " << row.picture;
}

TEST(IsoDate, WhatMayBeLeftOut) {
  EXPECT_EQ(read_iso("2018"), "2018-01-01T00:00:00.000Z");
  EXPECT_EQ(read_iso("2018-05Z"), "2018-05-01T00:00:00.000Z");
  EXPECT_EQ(read_iso("2017-10-30"), "2017-10-30T00:00:00.000Z");
  EXPECT_EQ(read_iso("2018-02-03T10:20:30"), "2018-02-03T10:20:30.000Z");
  EXPECT_EQ(read_iso("2018T10:20:30Z"), "2018-01-01T10:20:30.000Z");
  EXPECT_EQ(read_iso("2018-02-03T10:20:30.1"), "2018-02-03T10:20:30.100Z");
  EXPECT_EQ(read_iso("2018-02-03T10:20:30.123456789+0100"), "2018-02-03T09:20:30.123Z");
  EXPECT_EQ(read_iso("2018-02-03T10:20:30-01:30"), "2018-02-03T11:50:30.000Z");
  EXPECT_EQ(read_iso("2018-02-03T24:00:00Z"), "2018-02-04T00:00:00.000Z");
  EXPECT_EQ(read_iso("2018-02-31"), "2018-03-03T00:00:00.000Z");
  EXPECT_EQ(read_iso("0050-01-01"), "0050-01-01T00:00:00.000Z");
}

TEST(IsoDate, Errors) {
  for (const std::string_view text : {"",
                                      "foo",
                                      "01-02-2018",
                                      "2018-5",
                                      "2018-13",
                                      "2018-00",
                                      "2018-02-32",
                                      "2018-02-03 11:15:33",
                                      "2018-02-03T",
                                      "2018-02-03T10:20",
                                      "2018-02-03T10:20:30.",
                                      "2018-02-03T24:00:01Z",
                                      "2018-02-03T23:60:00Z",
                                      "2018-02-03T10:20:30z",
                                      "2018-02-03T10:20:30+01",
                                      "2018-02-03T10:20:30+24:00",
                                      "2018-05-06+01:00",
                                      "2018.5",
                                      " 2018",
                                      "2018 ",
                                      "-2018",
                                      "+002018"}) {
    const auto milliseconds = parse_iso_date(text);
    ASSERT_FALSE(milliseconds) << text;
    EXPECT_EQ(milliseconds.error().code, Code::D3110);
    EXPECT_EQ(milliseconds.error().shown, quoted(text));
  }
}

TEST(DateRead, Dates) {
  expect_rows({
      {"2018", "[Y1]", "2018-01-01T00:00:00.000Z"},
      {"2018-03-27", "[Y1]-[M01]-[D01]", "2018-03-27T00:00:00.000Z"},
      {"201802", "[Y,*-4][M01]", "2018-02-01T00:00:00.000Z"},
      {"20180323", "[Y][M01][D01]", "2018-03-23T00:00:00.000Z"},
      {"27th 3 1976", "[D1o] [M#1] [Y0001]", "1976-03-27T00:00:00.000Z"},
      {"27 iii MMXVIII", "[D1] [Mi] [YI]", "2018-03-27T00:00:00.000Z"},
      {"ae C mmxviii", "[Da] [MA] [Yi]", "2018-03-31T00:00:00.000Z"},
      {"2 Feb 2012", "[D1] [MNn,3-3] [Y0001]", "2012-02-02T00:00:00.000Z"},
      {"Twentieth of August, two thousand and seventeen", "[DW] of [MNn], [Yw]", "2017-08-20T00:00:00.000Z"},
      {"Wednesday, 14TH November 2018", "[FNn], [D1o] [MNn] [Y]", "2018-11-14T00:00:00.000Z"},
      {"2018--180", "[Y]--[d]", "2018-06-29T00:00:00.000Z"},
      {"2018 13", "[Y] [M]", "2019-01-01T00:00:00.000Z"},
      {"2018 0 0", "[Y] [M] [D]", "2017-12-31T00:00:00.000Z"},
      {"18", "[Y]", "1918-01-01T00:00:00.000Z"},
      {"2018 3 4", "[Y] [M] [M]", "2018-04-01T00:00:00.000Z"},
      {"2018X[5]", "[Y]x[[[M]]]", "2018-05-01T00:00:00.000Z"},
  });
}

TEST(DateRead, Times) {
  expect_rows({
      {"4/4/2018 06:30 am", "[D1]/[M1]/[Y0001] [h]:[m] [P]", "2018-04-04T06:30:00.000Z"},
      {"4/4/2018 12:06 pm", "[D1]/[M1]/[Y0001] [h]:[m] [P]", "2018-04-04T12:06:00.000Z"},
      {"4/4/2018 12:06 AM", "[D1]/[M1]/[Y0001] [h]:[m] [P]", "2018-04-04T00:06:00.000Z"},
      {"2018 3 1 1:2:3.500", "[Y] [M] [D] [H]:[m]:[s].[f001]", "2018-03-01T01:02:03.500Z"},
      {"2018 02 30 25:61:61", "[Y] [M] [D] [H]:[m]:[s]", "2018-03-03T02:02:01.000Z"},
  });
}

TEST(DateRead, Zones) {
  expect_rows({
      {"2018 3 4 12:00 +01:00", "[Y] [M] [D] [H]:[m] [Z]", "2018-03-04T11:00:00.000Z"},
      {"2018 3 4 12:00 GMT-5", "[Y] [M] [D] [H]:[m] [z01]", "2018-03-04T17:00:00.000Z"},
      {"2018 3 4 12:00 +0530", "[Y] [M] [D] [H]:[m] [Z0001]", "2018-03-04T06:30:00.000Z"},
      {"2018 3 4 12:00 -01:30", "[Y] [M] [D] [H]:[m] [Z]", "2018-03-04T12:30:00.000Z"},
      {"2018 3 4 12:00 +٠١:٠٠", "[Y] [M] [D] [H]:[m] [Z٠٠:٠٠]", "2018-03-04T11:00:00.000Z"},
      {"2018 3 4 12:00 Z", "[Y] [M] [D] [H]:[m] [Z01:01t]", "nothing"},
      {"2018 3 4 12:00 -0130", "[Y] [M] [D] [H]:[m] [Z]", "nothing"},
  });
}

TEST(DateRead, WhatIsLargerComesFromNow) {
  expect_rows({
      {"13:45", "[H]:[m]", "2026-11-20T13:45:00.000Z"},
      {"10.5", "[s].[f]", "2026-11-20T10:56:10.005Z"},
      {"3 4", "[M] [D]", "2026-03-04T00:00:00.000Z"},
      {"4", "[D]", "2026-11-04T00:00:00.000Z"},
      {"5 pm", "[h] [P]", "2026-11-20T17:00:00.000Z"},
      {"+01:00", "[Z]", "2026-11-20T09:56:27.123Z"},
  });
}

TEST(DateRead, Widths) {
  expect_rows({
      {"5", "[D01]", "nothing"},
      {"2018 123", "[Y] [M01]", "nothing"},
      {"20181", "[Y0001]", "nothing"},
      {"18", "[Y,2-4]", "nothing"},
      {"2018 1", "[Y] [M#1]", "2018-01-01T00:00:00.000Z"},
      {"2018 12", "[Y] [M#1]", "2018-12-01T00:00:00.000Z"},
      {"2018 123", "[Y] [M#1]", "nothing"},
  });
}

TEST(DateRead, WhatIsNotAsThePictureSays) {
  expect_rows({
      {"irrelevant", "[Y]-[M]-[D]", "nothing"},
      {"2018", "[Y] ", "nothing"},
      {"2018x5", "[Y].[M]", "nothing"},
      {"2018 3", "[Y] [M1o]", "nothing"},
      {"and 3", "[Yw] [M]", "nothing"},
      {"abc", "abc", "nothing"},
      {"", "", "nothing"},
      {"275761", "[Y]", "nothing"},
      {"2018 99999999999999999999", "[Y] [M]", "nothing"},
      {"2018-xyz", "[Y]-[MNn]", "2018-01-01T00:00:00.000Z"},
  });
}

TEST(DateRead, Errors) {
  expect_rows({
      {"2018-05-22", "[Y]-[M]-[q]", "D3132"},
      {"2018-05-22", "[YN]-[M]-[D]", "D3133"},
      {"2018 ISO", "[Y] [C]", "D3133"},
      {"2018", "[Y", "D3135"},
      {"2018", "[Yα]", "D3130"},
      {"5-22 23:59", "[M]-[D] [m]:[s]", "D3136"},
      {"2018 3 10", "[Y] [M] [H]", "D3136"},
      {"2018 100 10", "[Y] [d] [H]", "D3136"},
      {"2018-3-2-5", "[X]-[x]-[w]-[F1]", "D3136"},
      {"2018", "[X]", "D3136"},
  });
}

// A text that fits in very many ways until its last character does not take long to refuse.
TEST(DateRead, ManyWaysToFit) {
  std::string picture;
  for (int i = 0; i < 50; ++i) picture += "[H]";
  EXPECT_EQ(read(std::string(300, '1') + "x", picture), "nothing");
  EXPECT_EQ(read(std::string(513, '1'), "[Y]"), "nothing");
}

}  // namespace
}  // namespace stepwell::jsonata
