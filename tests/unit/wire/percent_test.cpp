#include "wire/percent.h"

#include <gtest/gtest.h>

namespace stepwell::wire {
namespace {

TEST(Percent, EncodesAllButTheUnreserved) {
  EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encode("a b/$\xe1\x88\xb4+"), "a%20b%2F%24%E1%88%B4%2B");
  EXPECT_EQ(percent_encode("/a b/", Slash::keep), "/a%20b/");
}

TEST(Percent, DecodesBothCases) {
  EXPECT_EQ(percent_decode("a%2fb%2F+"), "a/b/+");
  EXPECT_EQ(percent_decode("%00"), std::string(1, '\0'));
  for (const std::string_view text : {"%", "%2", "%2g", "a%"}) EXPECT_EQ(percent_decode(text), std::nullopt) << text;
}

TEST(Percent, QueriesAreRead) {
  const auto [path, query] = split_target("/a?b=1&&c&d=%26+x&b=2?");
  EXPECT_EQ(path, "/a");
  EXPECT_EQ(query_fields(query).size(), 4U);
  EXPECT_EQ(query_value(query, "b"), "1");
  EXPECT_EQ(query_value(query, "c"), "");
  EXPECT_EQ(query_value(query, "d"), "& x");
  EXPECT_EQ(query_value(query, "e"), std::nullopt);
  EXPECT_EQ(split_target("/a").second, "");
}

}  // namespace
}  // namespace stepwell::wire
