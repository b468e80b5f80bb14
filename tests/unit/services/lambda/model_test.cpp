#include "services/lambda/model.h"

#include <gtest/gtest.h>

namespace stepwell::lambda {
namespace {

TEST(LambdaModel, HasTheOperationsOfFunctionsAndInvocations) {
  EXPECT_EQ(model().service(), "lambda");
  EXPECT_EQ(model().protocol(), wire::Protocol::rest_json);
  std::vector<std::string> names;
  for (const wire::OperationModel& operation : model().operations()) names.push_back(operation.name);
  EXPECT_EQ(names, (std::vector<std::string>{"AddPermission",
                                             "CreateEventSourceMapping",
                                             "CreateFunction",
                                             "DeleteEventSourceMapping",
                                             "DeleteFunction",
                                             "DeleteFunctionEventInvokeConfig",
                                             "GetEventSourceMapping",
                                             "GetFunction",
                                             "GetFunctionConfiguration",
                                             "GetFunctionEventInvokeConfig",
                                             "GetPolicy",
                                             "Invoke",
                                             "ListEventSourceMappings",
                                             "ListFunctionEventInvokeConfigs",
                                             "ListFunctions",
                                             "ListTags",
                                             "PutFunctionEventInvokeConfig",
                                             "RemovePermission",
                                             "TagResource",
                                             "UntagResource",
                                             "UpdateEventSourceMapping",
                                             "UpdateFunctionCode",
                                             "UpdateFunctionConfiguration",
                                             "UpdateFunctionEventInvokeConfig"}));
  EXPECT_EQ(model().operation("CreateFunction")->status, 201);
  EXPECT_EQ(model().operation("Invoke")->uri, "/2015-03-31/functions/{FunctionName}/invocations");
}

TEST(LambdaModel, EveryShapeIsComplete) {
  EXPECT_EQ(model().shapes().size(), 224U);
  for (const auto& [name, shape] : model().shapes()) {
    EXPECT_EQ(shape->name, name);
    EXPECT_EQ(shape->type == wire::ShapeType::list || shape->type == wire::ShapeType::map, shape->element != nullptr)
        << name;
    for (const wire::ShapeMember& member : shape->members) EXPECT_NE(member.shape, nullptr) << name;
  }
}

TEST(LambdaModel, FactsThatMatter) {
  EXPECT_EQ(model().shape("ResourceNotFoundException")->exception_status, 404);
  EXPECT_NE(model().shape("ResourceNotFoundException")->member("Message"), nullptr);
  EXPECT_EQ(model().shape("InvalidParameterValueException")->member("Message"), nullptr);
  const wire::Shape* output = model().operation("Invoke")->output;
  EXPECT_EQ(output->member("FunctionError")->location_name, "X-Amz-Function-Error");
  EXPECT_EQ(output->member("Payload")->location, wire::Location::payload);
  EXPECT_EQ(output->member("StatusCode")->location, wire::Location::status);
  EXPECT_TRUE(model().shape("S3Bucket")->matcher->matches("a.bucket"));
  EXPECT_FALSE(model().shape("S3Bucket")->matcher->matches("a.bucket."));
}

}  // namespace
}  // namespace stepwell::lambda
