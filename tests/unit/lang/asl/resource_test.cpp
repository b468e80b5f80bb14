#include "lang/asl/resource.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::asl {
namespace {

std::string describe(std::string_view arn) {
  const auto resource = parse_resource(arn);
  if (!resource) return "none";
  EXPECT_EQ(resource->arn, arn);
  constexpr std::string_view kinds[] = {"activity", "lambda", "integration"};
  return fmt::format("{} {} {}", kinds[static_cast<std::size_t>(resource->kind)], resource->service,
                     resource->action_and_pattern());
}

TEST(Resource, forms) {
  struct Case {
    std::string_view arn, expected;
  };
  constexpr Case cases[] = {
      {"arn:aws:lambda:us-east-1:123456789012:function:f", "lambda lambda "},
      {"arn:aws:lambda:us-east-1:123456789012:function:f:PROD", "lambda lambda "},
      {"arn:aws-cn:lambda:cn-north-1:123456789012:function:f:$LATEST", "lambda lambda "},
      {"arn:aws:states:us-east-1:123456789012:activity:a", "activity  "},
      {"arn:aws:states:::lambda:invoke", "integration lambda invoke"},
      {"arn:aws:states:::lambda:invoke.waitForTaskToken", "integration lambda invoke.waitForTaskToken"},
      {"arn:aws:states:::states:startExecution.sync", "integration states startExecution.sync"},
      {"arn:aws:states:::states:startExecution.sync:2", "integration states startExecution.sync:2"},
      {"arn:aws:states:::aws-sdk:dynamodb:getItem", "integration aws-sdk:dynamodb getItem"},
      {"arn:aws:states:::aws-sdk:sfn:sendTaskSuccess.waitForTaskToken",
       "integration aws-sdk:sfn sendTaskSuccess.waitForTaskToken"},
      {"arn:aws:states:::http:invoke", "integration http invoke"},
      {"", "none"},
      {"lambda", "none"},
      {"arn:aws:lambda:us-east-1:123456789012:function:", "none"},
      {"arn:aws:lambda:us-east-1:123456789012:function:f:", "none"},
      {"arn:aws:lambda:us-east-1:123456789012:function:f:$*#$7485", "none"},
      {"arn:aws:lambda:us-east-1:123456789012:function:f:a:b", "none"},
      {"arn:aws:states:::lambda", "none"},
      {"arn:aws:states:::lambda:", "none"},
      {"arn:aws:states::::invoke", "none"},
      {"arn:aws:states:::aws-sdk:getItem:", "none"},
      {"arn:aws:states:::aws-sdk::getItem", "none"},
      {"arn:aws:states:::a:b:c", "none"},
      {"arn:aws:states:::lambda:invoke.sync:3", "none"},
      {"arn:aws:states:::lambda:invoke.later", "none"},
      {"arn:aws:states:us-east-1:123456789012:aws-sdk:s3:getObject", "integration aws-sdk:s3 getObject"},
      {"arn:aws:lambda:::function:f", "lambda lambda "},
      {"arn:aws:states:us-east-1:123456789012:activity:", "none"},
      {"arn:aws:states:::activity:a", "none"},
      {"arn:aws:lambda:us-east-1:123456789012:function:", "none"},
      {"arn:aws:s3:::bucket", "none"},
      {"arn::lambda:us-east-1:123456789012:function:f", "none"},
  };
  for (const Case& c : cases) EXPECT_EQ(describe(c.arn), c.expected) << c.arn;
}

}  // namespace
}  // namespace stepwell::asl
