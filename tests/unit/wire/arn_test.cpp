#include "wire/arn.h"

#include <gtest/gtest.h>

namespace stepwell::wire {
namespace {

TEST(Arn, HasSixParts) {
  const std::string text = "arn:aws:states:us-east-1:123456789012:execution:machine:name";
  const auto arn = Arn::parse(text);
  ASSERT_TRUE(arn);
  EXPECT_EQ(arn->partition, "aws");
  EXPECT_EQ(arn->service, "states");
  EXPECT_EQ(arn->region, "us-east-1");
  EXPECT_EQ(arn->account, "123456789012");
  EXPECT_EQ(arn->resource, "execution:machine:name");
  EXPECT_EQ(arn->text(), text);
}

TEST(Arn, PartsMayBeEmpty) {
  const auto arn = Arn::parse("arn:aws:s3:::bucket/key");
  ASSERT_TRUE(arn);
  EXPECT_EQ(arn->region, "");
  EXPECT_EQ(arn->account, "");
  EXPECT_EQ(arn->resource, "bucket/key");
  EXPECT_TRUE(Arn::parse("arn:::::"));
}

TEST(Arn, OtherTextsAreNone) {
  for (const std::string_view text :
       {"", "arn", "arn:", "arn:aws:states:us-east-1:123456789012", "ARN:aws:s3:::b", "x:aws:s3:::b"}) {
    EXPECT_FALSE(Arn::parse(text)) << text;
  }
}

}  // namespace
}  // namespace stepwell::wire
