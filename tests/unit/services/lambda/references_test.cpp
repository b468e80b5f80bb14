#include "services/lambda/references.h"

#include <gtest/gtest.h>

namespace stepwell::lambda {
namespace {

const wire::Caller caller{.account = "123456789012", .region = "us-east-1", .access_key = {}, .request_id = {}};
constexpr const char* arn = "arn:aws:lambda:us-east-1:123456789012:function:orders";

TEST(References, EveryFormNamesTheSameFunction) {
  for (const char* text : {"orders", "123456789012:function:orders", "us-east-1:123456789012:function:orders",
                           "function:orders", "arn:aws:lambda:us-east-1:123456789012:function:orders"}) {
    const auto reference = read_function(caller, text);
    ASSERT_TRUE(reference) << text;
    EXPECT_EQ(reference->name, "orders") << text;
    EXPECT_EQ(reference->arn, arn) << text;
    EXPECT_EQ(reference->qualifier, "") << text;
    EXPECT_EQ(reference->qualified_arn(), arn) << text;
  }
}

TEST(References, AQualifierStandsBehindTheNameOrBesideIt) {
  for (const char* text : {"orders:$LATEST", "123456789012:function:orders:$LATEST",
                           "arn:aws:lambda:us-east-1:123456789012:function:orders:$LATEST"}) {
    EXPECT_EQ(read_function(caller, text)->qualifier, "$LATEST") << text;
    EXPECT_EQ(read_function(caller, text)->name, "orders") << text;
  }
  EXPECT_EQ(read_function(caller, "orders", "7")->qualified_arn(), std::string(arn) + ":7");
  EXPECT_TRUE(read_function(caller, "orders:7", "7"));
  EXPECT_EQ(read_function(caller, "orders:7", "8").error().message,
            "The derived qualifier from the function name does not match the specified qualifier.");
}

TEST(References, AnotherAccountIsAnotherFunction) {
  EXPECT_EQ(read_function(caller, "999999999999:function:orders")->arn,
            "arn:aws:lambda:us-east-1:999999999999:function:orders");
}

TEST(References, AnotherRegionIsOutOfReach) {
  const auto reference = read_function(caller, "arn:aws:lambda:eu-west-1:123456789012:function:orders");
  ASSERT_FALSE(reference);
  EXPECT_EQ(reference.error().code, "ResourceNotFoundException");
  EXPECT_EQ(reference.error().message, "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')");
}

TEST(References, NamesAreShort) {
  EXPECT_TRUE(read_function(caller, std::string(64, 'n')));
  EXPECT_EQ(read_function(caller, std::string(65, 'n')).error().code, "ValidationException");
}

}  // namespace
}  // namespace stepwell::lambda
