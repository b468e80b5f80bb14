// Searching executions, following one, one of its events.

#include "services/states/reading.h"

#include "service_fixture.h"

namespace stepwell::states {
namespace {

using Names = std::vector<std::string>;

class ReadingTest : public ServiceTest {
 protected:
  Reading& reading() { return dynamic_cast<Service&>(*directory_->find("states")).reading(); }

  // All parts of a search, a few executions each.
  Names search(ExecutionSearch wanted, std::size_t limit = 2) {
    Names names;
    std::optional<SearchPosition> position;
    do {
      auto share = reading().search(ShardShare{}, wanted, position, limit);
      EXPECT_TRUE(share.has_value());
      const SearchPart part = put_together({std::move(*share)}, limit);
      for (const auto& found : part.found) names.push_back(found.entry.name);
      position = part.next ? decode_position(encode(*part.next)) : std::nullopt;
      EXPECT_EQ(position.has_value(), part.next.has_value());
    } while (position);
    return names;
  }

  void run(const std::string& machine, const std::string& name, const std::string& input = "{}") {
    pass(Duration(10));
    start_execution(machine, name, input);
  }
};

constexpr auto passing = R"({"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}})";
constexpr auto failing = R"({"StartAt":"A","States":{"A":{"Type":"Fail","Error":"Sunk"}}})";
constexpr auto waiting = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":50,"End":true}}})";

TEST_F(ReadingTest, FindsExecutionsOfAllMachinesNewestFirst) {
  create_machine("m", passing);
  create_machine("f", failing);
  for (const char* name : {"one", "two", "three"}) run("m", name);
  run("f", "four");
  EXPECT_EQ(search({}), (Names{"four", "three", "two", "one"}));
  EXPECT_EQ(search({.machines = machine_arn("")}), (Names{"four", "three", "two", "one"}));
  EXPECT_EQ(search({.machines = "arn:aws:states:eu-west-1:123456789012:stateMachine:"}), Names{});
  EXPECT_EQ(search({.list = machine_arn("m")}), (Names{"three", "two", "one"}));
  EXPECT_EQ(search({.list = machine_arn("none")}), Names{});
}

TEST_F(ReadingTest, FindsByStatusNameTextAndTime) {
  create_machine("m", passing);
  create_machine("f", failing);
  run("m", "Albatross", R"({"colour":"white"})");
  const Timestamp between = clock_.now() + Duration(5);
  run("m", "crow", R"({"colour":"black"})");
  run("f", "dodo");
  for (const std::string& list : {std::string(), machine_arn("m")}) {
    EXPECT_EQ(search({.list = list, .name = "BATRO"}), Names{"Albatross"});
    EXPECT_EQ(search({.list = list, .text = "black"}), Names{"crow"});
    EXPECT_EQ(search({.list = list, .to = between}), Names{"Albatross"});
    EXPECT_EQ(search({.list = list, .status = engine::Status::running}), Names{});
  }
  EXPECT_EQ(search({.from = between}), (Names{"dodo", "crow"}));
  EXPECT_EQ(search({.list = machine_arn("m"), .from = between}), Names{"crow"});
  EXPECT_EQ(search({.status = engine::Status::failed}), Names{"dodo"});
  EXPECT_EQ(search({.text = "Sunk"}), Names{"dodo"});
}

TEST_F(ReadingTest, FindsAllOfOneMillisecondOnce) {
  create_machine("m", passing);
  create_machine("f", failing);
  for (int i = 0; i < 20; ++i) start_execution(i % 3 == 0 ? "f" : "m", fmt::format("e{}", i));
  for (const std::string& list : {std::string(), machine_arn("m"), machine_arn("f")}) {
    const Names all = search({.list = list}, 100);
    EXPECT_EQ(all.size(), list.empty() ? 20U : list.ends_with("f") ? 7U : 13U);
    for (const std::size_t limit : {1U, 3U, 4U}) EXPECT_EQ(search({.list = list}, limit), all) << list << limit;
  }
}

constexpr auto talking = R"({"StartAt":"Say","States":{
    "Say":{"Type":"Pass","Result":"said between","Next":"W"},
    "W":{"Type":"Wait","Seconds":5,"Next":"Give"},
    "Give":{"Type":"Pass","Result":"given in the end","End":true}}})";

TEST_F(ReadingTest, FindsTextsInInputAndOutputAloneAmongMany) {
  create_machine("m", passing);
  create_machine("t", talking);
  for (int i = 0; i < 60; ++i) run(i % 20 == 7 ? "t" : "m", fmt::format("e{}", i), fmt::format(R"({{"n":"<{}>"}})", i));
  for (const std::string& list : {std::string(), machine_arn("t")}) {
    EXPECT_EQ(search({.list = list, .text = "given in"}), Names{});
    EXPECT_EQ(search({.list = list, .text = "said between"}), Names{});
    EXPECT_EQ(search({.list = list, .text = "<27>"}), Names{"e27"});
  }
  pass(std::chrono::seconds(6));
  for (const std::string& list : {std::string(), machine_arn("t")}) {
    EXPECT_EQ(search({.list = list, .text = "given in"}), (Names{"e47", "e27", "e7"}));
    EXPECT_EQ(search({.list = list, .text = "said between"}), Names{});
    EXPECT_EQ(search({.list = list, .text = "<27>"}), Names{"e27"});
  }
  EXPECT_EQ(search({.list = machine_arn("m"), .text = "<2"}).size(), 10U);  // 2, 20 to 29 without 27
}

TEST_F(ReadingTest, TakesNoPlaceThatItHasNotGiven) {
  for (const std::string_view text : {"", "1", "1-2", "1-2-", "1-2-3-4", "x-2-3", "1-99999999-3"})
    EXPECT_EQ(decode_position(text), std::nullopt) << text;
  const auto position = decode_position("12-3-45");
  ASSERT_TRUE(position.has_value());
  EXPECT_EQ(encode(*position), "12-3-45");
}

TEST_F(ReadingTest, ReadsOnFromWhereItWas) {
  create_machine("m", waiting);
  run("m", "e");
  const auto id = reading().find(execution_arn("m", "e"));
  ASSERT_TRUE(id.has_value());
  json::Arena arena;
  const auto first = reading().history(*id, 1, 100, 1'000, arena);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->events.size(), 2U);
  EXPECT_TRUE(first->is_all);
  EXPECT_EQ(first->status, engine::Status::running);
  int told = 0;
  const auto watch = reading().watch(*id, [&told] { ++told; });
  pass(std::chrono::seconds(51));
  EXPECT_GT(told, 0);
  const auto rest = reading().history(*id, first->next, 1, 1'000, arena);
  ASSERT_TRUE(rest.has_value());
  ASSERT_EQ(rest->events.size(), 1U);
  EXPECT_FALSE(rest->is_all);
  EXPECT_EQ(rest->events[0].find("type")->as_string(), "WaitStateExited");
  EXPECT_EQ(rest->status, engine::Status::succeeded);
}

TEST_F(ReadingTest, CutsLongDataOffAndGivesOneEventWhole) {
  create_machine("m", passing);
  run("m", "e", R"({"text":"0123456789"})");
  const auto id = reading().find(execution_arn("m", "e"));
  json::Arena arena;
  const auto cut = reading().history(*id, 1, 100, 10, arena);
  const json::Value* details = cut->events[1].find("stateEnteredEventDetails");
  EXPECT_EQ(details->find("input")->as_string(), R"({"text":"0)");
  EXPECT_TRUE(details->find("inputDetails")->find("truncated")->as_boolean());
  const auto whole = reading().event(*id, 2, arena);
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(whole->find("stateEnteredEventDetails")->find("input")->as_string(), R"({"text":"0123456789"})");
  EXPECT_EQ(reading().event(*id, 5, arena).error().code, "EventDoesNotExist");
  EXPECT_EQ(reading().event(*id, 0, arena).error().code, "EventDoesNotExist");
}

}  // namespace
}  // namespace stepwell::states
