// Revisions that nobody needs any more go, and no others.

#include "service_fixture.h"

namespace stepwell::states {
namespace {

using namespace std::chrono_literals;

constexpr auto passing = R"({"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}})";
constexpr auto waiting = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":7200,"End":true}}})";

class OldRevisionsTest : public ServiceTest {
 protected:
  engine::Limits limits() override { return {.retention = 24h}; }
  void remove(const std::string& machine) {
    call("DeleteStateMachine", fmt::format(R"({{"stateMachineArn":"{}"}})", machine_arn(machine)));
  }
  void update(const std::string& machine, const std::string& definition) {
    json::Arena arena;
    const json::Value input =
        json::ObjectBuilder(arena).add("stateMachineArn", machine_arn(machine)).add("definition", definition).build();
    call("UpdateStateMachine", json::print(input));
  }
  std::size_t revisions() { return rows(store::Table::revision); }
};

TEST_F(OldRevisionsTest, ThoseOfMachinesStay) {
  create_machine("m", passing);
  update("m", waiting);
  pass(1h);
  EXPECT_EQ(revisions(), 2U);
}

TEST_F(OldRevisionsTest, ThoseOfDeletedMachinesGoWhenTheyWereUnneededForAWhile) {
  create_machine("kept", passing);
  create_machine("m", passing);
  update("m", waiting);
  remove("m");
  pass(15min);  // seen once
  EXPECT_EQ(revisions(), 3U);
  pass(10min);
  EXPECT_EQ(revisions(), 1U);
  start_execution("kept", "still");
  pass(1s);
  EXPECT_EQ(status("kept", "still"), "SUCCEEDED");
}

TEST_F(OldRevisionsTest, ThoseOfExecutionsThatAreKeptStay) {
  create_machine("m", waiting);
  start_execution("m", "one");
  remove("m");
  pass(1h);
  EXPECT_EQ(revisions(), 1U);
  pass(2h);
  EXPECT_EQ(status("m", "one"), "SUCCEEDED");
  EXPECT_EQ(revisions(), 1U);
  pass(25h);
  EXPECT_EQ(status("m", "one"), "none");
  EXPECT_EQ(revisions(), 0U);
}

TEST_F(OldRevisionsTest, AMachineThatIsMadeAgainKeepsIts) {
  create_machine("m", passing);
  remove("m");
  pass(15min);
  create_machine("m", waiting);
  pass(1h);
  EXPECT_GE(revisions(), 1U);
  start_execution("m", "again");
  pass(3h);
  EXPECT_EQ(status("m", "again"), "SUCCEEDED");
}

TEST_F(OldRevisionsTest, AsManyAsThereAre) {
  for (int number = 0; number < 200; ++number) {
    create_machine(fmt::format("m{}", number), passing);
    if (number % 2 == 0) remove(fmt::format("m{}", number));
  }
  pass(25min);
  EXPECT_EQ(revisions(), 100U);
}

}  // namespace
}  // namespace stepwell::states
