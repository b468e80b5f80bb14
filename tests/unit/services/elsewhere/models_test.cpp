#include "services/elsewhere/models.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace stepwell::elsewhere {
namespace {

TEST(Models, EachCanBeRead) {
  EXPECT_TRUE(std::ranges::is_sorted(names()));
  for (const std::string_view name : names()) {
    const wire::ApiModel* model = find_model(name);
    ASSERT_NE(model, nullptr) << name;
    EXPECT_EQ(model->service(), name);
    EXPECT_FALSE(model->operations().empty());
    EXPECT_EQ(find_model(name), model);
  }
  EXPECT_EQ(find_model("nothing"), nullptr);
}

TEST(Models, DynamoDbKnowsItsOperations) {
  const wire::ApiModel& model = *find_model("dynamodb");
  EXPECT_EQ(model.target_prefix(), "DynamoDB_20120810");
  const wire::OperationModel* put = model.operation("PutItem");
  ASSERT_NE(put, nullptr);
  EXPECT_TRUE(put->input->member("Item")->required);
  EXPECT_NE(model.exception("ConditionalCheckFailedException"), nullptr);
}

}  // namespace
}  // namespace stepwell::elsewhere
