// Searches: the same, newest first, however they are divided.

#include "services/states/execution_search.h"

#include "service_fixture.h"
#include "services/states/reading.h"

#include <array>
#include <set>

namespace stepwell::states {
namespace {

using Names = std::vector<std::string>;

struct Outcome {
  Names names;
  std::size_t looked_at = 0;
};

class ExecutionSearchTest : public ServiceTest {
 protected:
  static constexpr int count = 90;

  // Some begin in the same millisecond; every third fails, every tenth knows the word.
  void SetUp() override {
    ServiceTest::SetUp();
    create_machine("m", R"({"StartAt":"Which","States":{
      "Which":{"Type":"Choice","Choices":[{"Variable":"$.fails","BooleanEquals":true,"Next":"Fail"}],"Default":"Pass"},
      "Fail":{"Type":"Fail","Error":"Lost","Cause":"It has gone astray."},"Pass":{"Type":"Pass","End":true}}})");
    for (int number = 0; number < count; ++number) {
      start_execution("m", fmt::format("Number-{}", number),
                      fmt::format(R"({{"fails":{},"says":"{}"}})", number % 3 == 0, number % 10 == 0 ? "xyzzy" : "-"));
      if (number % 7 == 0) pass(Duration{1});
    }
    pass(Duration{1});
  }

  // In parts, each divided among so many.
  Outcome search(const ExecutionSearch& search, engine::ShardId shares, std::size_t limit) {
    const Reading& reading = dynamic_cast<Service&>(*directory_->find("states")).reading();
    Outcome outcome;
    std::optional<SearchPosition> position;
    do {
      std::vector<SearchShare> found;
      for (engine::ShardId index = 0; index < shares; ++index) {
        auto share = reading.search({.index = index, .of = shares}, search, position, limit);
        EXPECT_TRUE(share.has_value());
        found.push_back(std::move(*share));
      }
      const SearchPart part = put_together(std::move(found), limit);
      EXPECT_LE(part.found.size(), limit);
      for (const FoundExecution& each : part.found) outcome.names.push_back(each.entry.name);
      outcome.looked_at += part.looked_at;
      position = part.next;
    } while (position);
    return outcome;
  }

  void expect_the_same_however_divided(const ExecutionSearch& wanted, std::size_t expected) {
    const Outcome whole = search(wanted, 1, 1'000);
    EXPECT_EQ(whole.names.size(), expected);
    EXPECT_EQ(std::set(whole.names.begin(), whole.names.end()).size(), expected);
    EXPECT_EQ(whole.looked_at, std::size_t{count});
    for (const auto shares : std::to_array<engine::ShardId>({1, 2, 3, 16, 40})) {
      for (const std::size_t limit : {1, 2, 7, 1'000}) {
        const Outcome divided = search(wanted, shares, limit);
        EXPECT_EQ(divided.names, whole.names) << shares << " shares, at most " << limit;
        EXPECT_EQ(divided.looked_at, std::size_t{count}) << shares << " shares, at most " << limit;
      }
    }
  }
};

ExecutionSearch of_all() {
  ExecutionSearch search;
  search.machines = "arn:aws:states:";
  return search;
}

TEST_F(ExecutionSearchTest, FindsTextsOfAllExecutions) {
  ExecutionSearch search = of_all();
  search.text = "xyzzy";
  expect_the_same_however_divided(search, 9);
  search.text = "gone astray";
  expect_the_same_however_divided(search, 30);
  search.text = "nobody says this";
  expect_the_same_however_divided(search, 0);
}

TEST_F(ExecutionSearchTest, FindsTextsInAList) {
  ExecutionSearch search;
  search.list = machine_arn("m");
  search.text = "xyzzy";
  expect_the_same_however_divided(search, 9);
}

TEST_F(ExecutionSearchTest, FindsNamesAndStatuses) {
  ExecutionSearch search = of_all();
  search.name = "number-1";
  expect_the_same_however_divided(search, 11);
  search.name = "";
  search.status = engine::Status::failed;
  expect_the_same_however_divided(search, 30);
}

TEST_F(ExecutionSearchTest, OfTheSharesOnlyWhatAllHaveComeToCounts) {
  const auto at = [](std::uint64_t serial) {
    return SearchPosition{.started = Timestamp{Duration{5}}, .id = {.shard = 0, .serial = serial}};
  };
  const auto found = [&at](std::uint64_t serial) {
    FoundExecution execution;
    execution.entry.id = at(serial).id;
    execution.entry.started = at(serial).started;
    return execution;
  };
  const SearchShare fast{.found = {found(9), found(3)}, .looked_at = {at(9), at(7), at(3), at(1)}, .is_last = true};
  const SearchShare slow{.found = {found(6)}, .looked_at = {at(8), at(6)}};
  const SearchPart part = put_together({fast, slow}, 10);
  ASSERT_EQ(part.found.size(), 2U);
  EXPECT_EQ(part.found[1].entry.id, at(6).id);
  EXPECT_EQ(part.looked_at, 4U);
  EXPECT_EQ(part.next, at(6));
  EXPECT_EQ(put_together({fast, slow}, 1).next, at(9));
  EXPECT_EQ(put_together({fast}, 10).next, std::nullopt);
}

}  // namespace
}  // namespace stepwell::states
