#include "services/states/activities.h"

#include "../../engine/harness.h"

namespace stepwell::states {
namespace {

constexpr Duration patience{60'000};

class ActivitiesTest : public engine::EngineTest {
 protected:
  void create(const std::string& arn) { finish(activities_.save({.arn = arn, .name = "a"})); }
  void remove(const std::string& arn) { finish(activities_.remove(arn)); }
  void finish(Task<Result<void>> task) {
    stepwell::start(std::move(task), [](const auto& done, const std::exception_ptr&) { EXPECT_TRUE(done && *done); });
    scheduler_.run();
  }
  void poll(const std::string& arn) {
    stepwell::start(activities_.poll(*engine_, arn, "worker", patience, {}), [](const auto&, const auto&) {});
    scheduler_.run();
  }

  Activities activities_{store_, scheduler_};
};

TEST_F(ActivitiesTest, OfADeletedActivityNothingIsKept) {
  create("arn:a");
  poll("arn:a");
  EXPECT_EQ(activities_.polled(), 1U);
  pass(patience);
  remove("arn:a");
  EXPECT_EQ(activities_.polled(), 0U);
}

TEST_F(ActivitiesTest, APollOutlivesItsActivityAndIsForgottenWithIt) {
  create("arn:a");
  poll("arn:a");
  remove("arn:a");
  EXPECT_EQ(activities_.polled(), 1U);
  pass(patience);
  EXPECT_EQ(activities_.polled(), 0U);
}

}  // namespace
}  // namespace stepwell::states
