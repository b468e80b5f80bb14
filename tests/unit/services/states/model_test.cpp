#include "services/states/model.h"

#include <gtest/gtest.h>

namespace stepwell::states {
namespace {

TEST(StatesModel, HasEveryOperation) {
  EXPECT_EQ(model().service(), "states");
  EXPECT_EQ(model().protocol(), wire::Protocol::aws_json);
  EXPECT_EQ(model().target_prefix(), "AWSStepFunctions");
  EXPECT_EQ(model().operations().size(), 37U);
  for (const wire::OperationModel& operation : model().operations()) {
    EXPECT_EQ(model().operation(operation.name), &operation);
    EXPECT_FALSE(operation.input->name.empty()) << operation.name;
    EXPECT_FALSE(operation.output->name.empty()) << operation.name;
  }
}

TEST(StatesModel, EveryShapeIsComplete) {
  EXPECT_EQ(model().shapes().size(), 274U);
  for (const auto& [name, shape] : model().shapes()) {
    EXPECT_EQ(shape->name, name);
    EXPECT_EQ(shape->type == wire::ShapeType::list || shape->type == wire::ShapeType::map, shape->element != nullptr)
        << name;
    EXPECT_EQ(shape->pattern.empty(), !shape->matcher) << name;
    for (const wire::ShapeMember& member : shape->members) {
      EXPECT_NE(member.shape, nullptr) << name;
      EXPECT_EQ(member.location, wire::Location::body) << name;
    }
  }
}

TEST(StatesModel, FactsThatMatter) {
  EXPECT_EQ(model().operation("StartSyncExecution")->host_prefix, "sync-");
  EXPECT_EQ(model().operation("TestState")->host_prefix, "sync-");
  EXPECT_EQ(model().operation("StartExecution")->host_prefix, "");
  EXPECT_EQ(model().shape("ServiceQuotaExceededException")->exception_status, 402);
  EXPECT_EQ(model().shape("HistoryEventType")->values.size(), 62U);
  EXPECT_EQ(model().shape("SensitiveData")->unit, wire::LengthUnit::utf8_bytes);
  EXPECT_EQ(model().shape("SensitiveData")->max, 262144);
  EXPECT_EQ(model().shape("Definition")->max, 1048576);
}

}  // namespace
}  // namespace stepwell::states
