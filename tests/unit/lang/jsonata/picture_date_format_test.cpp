#include "lang/jsonata/picture/date_picture.h"

#include <initializer_list>
#include <limits>

#include <gtest/gtest.h>

namespace stepwell::jsonata {
namespace {

constexpr double kFridayInMarch = 1521801216617;  // 2018-03-23T10:33:36.617Z

struct Row {
  std::string_view picture;
  std::string_view expected;
};

void expect_rows(double milliseconds, std::initializer_list<Row> rows, std::string_view zone = {}) {
  for (const Row& row : rows) {
    EXPECT_EQ(format_date(milliseconds, row.picture, zone).value_or("an error"), row.expected) << row.picture;
  }
}

TEST(DateFormat, Iso8601WithoutAPicture) {
  EXPECT_EQ(format_date(1), "1970-01-01T00:00:00.001Z");
  EXPECT_EQ(format_date(-1.5), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(format_date(kFridayInMarch, {}, "+0530"), "2018-03-23T16:03:36.617+05:30");
  EXPECT_EQ(format_date(kFridayInMarch, {}, "0000"), "2018-03-23T10:33:36.617Z");
  EXPECT_EQ(format_date(253402300800000), "0000-01-01T00:00:00.000Z");
  EXPECT_EQ(format_date(-63000000000000), "-0027-08-11T08:00:00.000Z");
}

TEST(DateFormat, Years) {
  expect_rows(kFridayInMarch, {
                                  {"[Y]", "2018"},
                                  {"[Y01]", "18"},
                                  {"[Y,2]", "18"},
                                  {"[Y,*-2]", "18"},
                                  {"[Y001]", "018"},
                                  {"[Y,6-6]", "002018"},
                                  {"[Y9,999,*]", "2,018"},
                                  {"[YI]", "MMXVIII"},
                                  {"[YI,2-2]", "XVIII"},
                                  {"[Yw,2]", "two thousand and eighteen"},
                                  {"[YWw]", "Two Thousand and Eighteen"},
                              });
}

TEST(DateFormat, MonthsAndDays) {
  expect_rows(kFridayInMarch, {
                                  {"[M]-[M01]-[M1o]-[MI]-[Mwo]", "3-03-3rd-III-third"},
                                  {"[MN]-[Mn]-[MNn]-[MNn,3-3]-[Mn,3]", "MARCH-march-March-Mar-march"},
                                  {"[D]-[D1o]-[Dwo]-[D,3]-[D,*-4]-[Da]", "23-23rd-twenty-third-023-0023-w"},
                                  {"[F]-[FNn]-[FN,*-3]-[F1]-[F01]", "friday-Friday-FRI-5-05"},
                                  {"[d]-[dwo]", "82-eighty-second"},
                                  {"[W]-[w]-[X]-[xNn]", "12-4-2018-March"},
                                  {"[C]-[E]", "ISO-ISO"},
                              });
}

TEST(DateFormat, WeeksBelongToTheirThursday) {
  expect_rows(1104537600000, {{"[X0001]-W[W01]-[F1]", "2004-W53-6"}});
  expect_rows(1230681600000, {{"[X0001]-W[W01]-[F1]", "2009-W01-3"}});
  expect_rows(1483272000000, {{"[w] of [xNn]", "5 of December"}});
  expect_rows(1533038400000, {{"[w] of [xNn]", "1 of August"}});
}

TEST(DateFormat, Times) {
  expect_rows(kFridayInMarch, {
                                  {"[H]:[m]:[s].[f001]", "10:33:36.617"},
                                  {"[h]:[m] [P] [PN] [PNn]", "10:33 am AM am"},
                                  {"[f] [f1] [f0001] [f,2-2]", "617 617 0617 617"},
                              });
  expect_rows(1199664000000, {{"[h]:[m]:[s] [P]", "12:00:00 am"}});
  expect_rows(1199707200000, {{"[h]:[m]:[s] [P]", "12:00:00 pm"}});
}

TEST(DateFormat, Zones) {
  expect_rows(kFridayInMarch, {{"[Z]-[z]-[Z0]-[Z0000]-[Z01:01t]-[z0t]", "+00:00-GMT+00:00-+0-+0000-Z-Z"}});
  expect_rows(kFridayInMarch, {{"[H]:[m] [Z]-[z]-[Z0]-[Z000]-[Z01:01t]", "16:03 +05:30-GMT+05:30-+5:30-+530-+05:30"}},
              "+0530");
  expect_rows(kFridayInMarch, {{"[H]:[m] [Z] [Z0]", "5:33 -05:00 -5"}}, "-0500");
  expect_rows(kFridayInMarch, {{"[H]:[m] [Z]", "1:03 -09:30"}}, "-0830");
  expect_rows(kFridayInMarch, {{"[Z٠٠:٠٠]", "+٠٥:٣٠"}}, "+0530");
}

TEST(DateFormat, WhatIsNotInBracketsStands) {
  expect_rows(kFridayInMarch, {
                                  {"", ""},
                                  {"[[[Y]]]", "[2018]"},
                                  {"[[Y]] [Y]", "[Y] 2018"},
                                  {"a]b]]", "a]b]"},
                                  {"[ Y 0001 ] är", "2018 är"},
                              });
}

TEST(DateFormat, YearsFarAway) {
  expect_rows(8.64e15, {{"[Y]-[M]-[D] [F] [d] [W]", "275760-9-13 saturday 257 37"}});
  expect_rows(-8.64e15, {{"[Y]-[M]-[D]", "-271821-4-20"}});
  EXPECT_EQ(format_date(8.64e15 + 1).error().code, Code::D1001);
  EXPECT_EQ(format_date(std::numeric_limits<double>::quiet_NaN()).error().code, Code::D1001);
}

struct ErrorRow {
  std::string_view picture;
  Code code;
  std::string_view shown;
};

TEST(DateFormat, Errors) {
  constexpr ErrorRow rows[] = {
      {"[YN]-[M]", Code::D3133, "\"Y\""}, {"[DN]", Code::D3133, "\"D\""},    {"[YN]-[M", Code::D3135, ""},
      {"[q]", Code::D3132, "\"q\""},      {"[é]", Code::D3132, "\"é\""},     {"[]", Code::D3132, "\"\""},
      {"[Yα]", Code::D3130, "\"α\""},     {"[Y[M]]", Code::D3130, "\"[M\""}, {"[D0٠]", Code::D3131, ""},
      {"[Z00000]", Code::D3134, ""},      {"[ZN]", Code::D3134, ""},         {"[ZI]", Code::D3134, ""},
  };
  for (const ErrorRow& row : rows) {
    const auto text = format_date(kFridayInMarch, row.picture);
    ASSERT_FALSE(text) << row.picture;
    EXPECT_EQ(text.error().code, row.code) << row.picture;
    EXPECT_EQ(text.error().shown, row.shown) << row.picture;
  }
  EXPECT_EQ(format_date(kFridayInMarch, "[Y]", "UTC").error().code, Code::D3134);
}

}  // namespace
}  // namespace stepwell::jsonata
