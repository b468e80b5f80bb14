// How states fare, counted from histories.

#include "services/states/state_figures.h"

#include "service_fixture.h"
#include "services/states/reading.h"

#include <map>

namespace stepwell::states {
namespace {

struct Sums {
  std::uint32_t entered = 0, failed = 0, left = 0;
  std::int64_t milliseconds = 0;
  bool operator==(const Sums&) const = default;
};

void PrintTo(const Sums& sums, std::ostream* out) {
  *out << fmt::format("{} entered, {} failed, {} left, {} ms", sums.entered, sums.failed, sums.left, sums.milliseconds);
}

class StateFiguresTest : public ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    began_ = clock_.now();
  }

  FiguresPart figures(const std::string& machine, std::size_t slots = 1) {
    const Reading& reading = dynamic_cast<Service&>(*directory_->find("states")).reading();
    const auto part = reading.figures(
        {.list = machine_arn(machine), .from = began_, .to = clock_.now() + Duration{1}, .slots = slots}, std::nullopt);
    EXPECT_TRUE(part.has_value());
    return *part;
  }

  std::map<std::string, Sums> sums(const std::string& machine) {
    std::map<std::string, Sums> all;
    for (const StateFigures& state : figures(machine).states) {
      const StateFigures::Slot& slot = state.slots.at(0);
      all[state.name] = {slot.entered, slot.failed, slot.left, slot.milliseconds};
    }
    return all;
  }

  void run(const std::string& machine, const std::string& name) {
    start_execution(machine, name);
    pass(std::chrono::seconds(10));
  }

  Timestamp began_{};
};

TEST_F(StateFiguresTest, CountsVisitsAndTheirTimes) {
  create_machine("m", R"({"StartAt":"A","States":{
    "A":{"Type":"Pass","Next":"W"},"W":{"Type":"Wait","Seconds":2,"End":true}}})");
  run("m", "one");
  run("m", "two");
  start_execution("m", "three");
  const std::map<std::string, Sums> expected{{"A", {3, 0, 3, 0}}, {"W", {3, 0, 2, 4'000}}};
  EXPECT_EQ(sums("m"), expected);
  EXPECT_EQ(figures("m").executions, 3U);
  EXPECT_EQ(figures("none").executions, 0U);
}

TEST_F(StateFiguresTest, DividesTheTime) {
  create_machine("m", R"({"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}})");
  run("m", "one");
  run("m", "two");
  start_execution("m", "three");
  const FiguresPart part = figures("m", 4);
  ASSERT_EQ(part.states.size(), 1U);
  std::vector<std::uint32_t> entered;
  for (const StateFigures::Slot& slot : part.states[0].slots) entered.push_back(slot.entered);
  EXPECT_EQ(entered, (std::vector<std::uint32_t>{1, 1, 0, 1}));
}

TEST_F(StateFiguresTest, TellsWhatFailedFromWhatWasCutOffBesideIt) {
  create_machine("f", R"({"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
    {"StartAt":"Stay","States":{"Stay":{"Type":"Wait","Seconds":60,"End":true}}},
    {"StartAt":"Sink","States":{"Sink":{"Type":"Fail","Error":"E"}}}]}}})");
  run("f", "one");
  const std::map<std::string, Sums> of_branches{{"P", {1, 1, 0, 0}}, {"Sink", {1, 1, 0, 0}}, {"Stay", {1, 0, 0, 0}}};
  EXPECT_EQ(sums("f"), of_branches);
  create_machine("x", R"({"StartAt":"A","States":{"A":{"Type":"Pass","InputPath":"$.none","End":true}}})");
  run("x", "one");
  const std::map<std::string, Sums> of_data{{"A", {1, 1, 0, 0}}};
  EXPECT_EQ(sums("x"), of_data);
}

TEST_F(StateFiguresTest, AFailureThatIsRetriedAwayIsNone) {
  create_machine("c", R"({"StartAt":"T","States":{
    "T":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution","Parameters":{"StateMachineArn":"none"},
      "Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":1,"MaxAttempts":2,"BackoffRate":1}],
      "Catch":[{"ErrorEquals":["States.ALL"],"Next":"D"}],"Next":"D"},
    "D":{"Type":"Succeed"}}})");
  run("c", "one");
  const auto all = sums("c");
  EXPECT_EQ(all.at("T"), (Sums{1, 1, 1, 2'000}));
  EXPECT_EQ(all.at("D"), (Sums{1, 0, 1, 0}));
}

}  // namespace
}  // namespace stepwell::states
