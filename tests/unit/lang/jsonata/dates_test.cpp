#include "table.h"

namespace stepwell::jsonata {
namespace {

TEST(Dates, Written) {
  expect_rows(
      "", {
              {"$fromMillis(1521801216617)", R"("2018-03-23T10:33:36.617Z")"},
              {"$fromMillis(0)", R"("1970-01-01T00:00:00.000Z")"},
              {"$fromMillis(-1)", R"("1969-12-31T23:59:59.999Z")"},
              {"$fromMillis(1521801216617, '[Y]-[M01]-[D01]')", R"("2018-03-23")"},
              {"$fromMillis(1521801216617, '[D1o] [MNn] [Y] [h]:[m01] [P]', '+0530')", R"("23rd March 2018 4:03 pm")"},
              {"$fromMillis(1521801216617, undefined, '-0500')", R"("2018-03-23T05:33:36.617-05:00")"},
              {"$fromMillis(missing)", "undefined"},
              {"$fromMillis(0, '[q]')", "D3132 at 12"},
              {"$fromMillis(0, '[YN]')", "D3133 at 12"},
              {"$fromMillis(0, '[Y')", "D3135 at 12"},
              {"$fromMillis(0, '[Z01010]')", "D3134 at 12"},
              {"$fromMillis('a')", "undefined"},
          });
}

TEST(Dates, Read) {
  expect_rows("", {
                      {"$toMillis('1970-01-01T00:00:00.001Z')", "1"},
                      {"$toMillis('2018-03-23')", "1521763200000"},
                      {"$toMillis('2018')", "1514764800000"},
                      {"$toMillis('2018-03-23T10:33:36.617+05:30')", "1521781416617"},
                      {"$toMillis('nonsense')", "D3110 at 10"},
                      {"$toMillis('23rd March 2018', '[D1o] [MNn] [Y]')", "1521763200000"},
                      {"$toMillis('x', '[Y]')", "undefined"},
                      {"$toMillis(missing)", "undefined"},
                      {"$toMillis('10', '[D]-[m]')", "undefined"},
                      {"$toMillis('a', '[Yi')", "D3135 at 10"},
                      {"$toMillis(5)", "T0410 at 10"},
                  });
}

}  // namespace
}  // namespace stepwell::jsonata
