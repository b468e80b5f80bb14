// The simulator in short: seeds that are always the same, some that are not, plans that once failed, and mistakes made
// on purpose, which it must notice. ./dev sim runs it for as long as one likes.

#include "engine/sim/shrink.h"
#include "engine/sim/simulator.h"
#include "store/memory/memory_store.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stepwell::engine::sim {
namespace {

constexpr std::uint64_t steps = 2'000;

void expect_sound(const Plan& plan, const Options& options = {}) {
  const Outcome outcome = simulate(plan, options);
  for (const std::string& violation : outcome.violations) ADD_FAILURE() << to_json(plan) << "\n" << violation;
}

// Seed after seed for some seconds: fewer where the program is slow, as under the sanitizers.
std::uint64_t run_seeds(std::uint64_t seed) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(4);
  std::uint64_t seeds = 0;
  while (std::chrono::steady_clock::now() < end && !testing::Test::HasFailure()) {
    expect_sound({.seed = seed + seeds, .steps = steps});
    ++seeds;
  }
  return seeds;
}

TEST(Simulation, FixedSeeds) { EXPECT_GT(run_seeds(1), 0U); }

TEST(Simulation, RandomSeeds) {
  const std::uint64_t seed = std::random_device()();
  std::printf("from seed %llu on\n", static_cast<unsigned long long>(seed));
  EXPECT_GT(run_seeds(seed), 0U);
}

// Plans that failed once: saved by ./dev sim, kept when what they found is mended.
TEST(Simulation, SavedPlans) {
  std::size_t plans = 0;
  for (const auto& entry : std::filesystem::directory_iterator(STEPWELL_SAVED_PLANS)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream file(entry.path());
    const auto plan = plan_of_json(std::string(std::istreambuf_iterator<char>(file), {}));
    ASSERT_TRUE(plan) << entry.path();
    expect_sound(*plan);
    ++plans;
  }
  EXPECT_GT(plans, 0U);
}

TEST(Simulation, TheSamePlanIsTheSameRun) {
  const Plan plan{.seed = 17, .steps = steps};
  EXPECT_EQ(simulate(plan).counts, simulate(plan).counts);
  EXPECT_NE(simulate(plan).counts, simulate({.seed = 18, .steps = steps}).counts);
}

TEST(Simulation, EveryFaultHappens) {
  Counts counts;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) counts += simulate({.seed = seed, .steps = steps}).counts;
  for (std::size_t fault = 0; fault < fault_kinds; ++fault) {
    EXPECT_GT(counts.faults[fault], 0U) << name_of(static_cast<Fault>(fault));
  }
}

TEST(Simulation, APlanIsReadAsItWasWritten) {
  Plan plan{.seed = ~std::uint64_t{0}, .steps = 7, .clients = 2, .machines = 3, .faults = {}};
  plan.faults.set(static_cast<std::size_t>(Fault::torn_writes));
  EXPECT_EQ(plan_of_json(to_json(plan)), plan);
  EXPECT_FALSE(plan_of_json(R"({"seed":"1","steps":1,"clients":1,"machines":1,"faults":["boredom"]})"));
  EXPECT_FALSE(plan_of_json("[]"));
}

// A commit that is answered before it is durable: after the next crash something acknowledged is gone.
TEST(Simulation, ADiskThatLiesIsNoticed) {
  const Options lies{.sabotage = Sabotage::disk_lies};
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    EXPECT_FALSE(simulate({.seed = seed, .steps = steps}, lies).violations.empty()) << seed;
  }
}

// Of the first seeds: what one of them finds, and nothing else, is of that rule.
void expect_noticed(Sabotage sabotage, std::string_view words) {
  const Options options{.sabotage = sabotage};
  std::size_t noticed = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const auto violations = simulate({.seed = seed, .steps = steps}, options).violations;
    if (violations.empty()) continue;
    ++noticed;
    const auto of_it = [words](const std::string& violation) { return violation.contains(words); };
    EXPECT_TRUE(std::ranges::any_of(violations, of_it)) << seed << ": " << violations.front();
  }
  EXPECT_GT(noticed, 2U);
}

TEST(Simulation, AnExecutionThatIsDeletedEarlyIsNoticed) {
  expect_noticed(Sabotage::deletes_early, "is deleted before its time");
}

TEST(Simulation, EventsThatOutliveTheirExecutionAreNoticed) {
  expect_noticed(Sabotage::keeps_events, "there are events of it, and it is not there");
}

TEST(Simulation, ACallerWithoutAnAnswerIsNoticed) {
  expect_noticed(Sabotage::forgets_callers, "callers: nothing goes wrong any more");
}

TEST(Simulation, ACallerWithTwoAnswersIsNoticed) {
  expect_noticed(Sabotage::answers_twice, "is answered and does not wait");
}

TEST(Simulation, AnEffectApartFromItsAnswerIsNoticed) {
  expect_noticed(Sabotage::parts_effects, "does what a task does without taking its answer");
}

// What no engine does: each rule of deletions by itself.
TEST(Simulation, DeletionsAreLookedAt) {
  VirtualTime time;
  Disk disk(time, 1);
  const ExecutionId id{.shard = 0, .serial = 7};
  const auto problem_of = [&disk](const store::Batch& batch) {
    disk.deletions.look_at(disk.durable(), batch, Timestamp{Duration{1'700'000'000'000}});
    const auto problems = disk.deletions.take_problems();
    return problems.empty() ? std::string() : problems.front();
  };
  store::Batch events;
  events.erase(store::Table::event, event_key(id, 1));
  store::Batch record;
  record.erase(store::Table::execution, execution_key(id));
  store::Batch again;
  again.put(store::Table::event, event_key(id, 9), "x");
  EXPECT_EQ(problem_of(events), "");  // the rest of what went before
  EXPECT_EQ(problem_of(record), "retention: execution 0/7 is deleted, and everything is kept");
  disk.deletions.expect(Duration{1'000});
  EXPECT_EQ(problem_of(record), "retention: execution 0/7 is deleted and has not ended");
  EXPECT_EQ(problem_of(again), "retention: execution 0/7 comes back");
}

TEST(Simulation, DeletionsOfWhatIsThereAreLookedAt) {
  Plan plan{.seed = 1, .steps = 200, .faults = {}};
  store::MemoryStore tables;
  simulate(plan, {.on_group = [&tables](std::span<const store::Batch> group) {
             for (const store::Batch& batch : group) tables.commit(batch.copy(), [](const Result<void>&) {});
           }});
  const auto row = tables.scan(store::Table::execution, {}, {}, store::Direction::forward);
  ASSERT_TRUE(row->valid());
  const Timestamp stopped = *decode_execution(row->value())->stopped;
  store::Batch event;
  event.erase(store::Table::event, event_key(*read_execution_key(row->key()), 1));
  store::Batch record;
  record.erase(store::Table::execution, row->key());
  const auto problems_of = [&tables](const store::Batch& batch, Timestamp at) {
    Deletions deletions;
    deletions.expect(Duration{1'000});
    deletions.look_at(tables, batch, at);
    return deletions.take_problems();
  };
  using testing::ElementsAre;
  using testing::HasSubstr;
  EXPECT_THAT(problems_of(event, stopped), ElementsAre(HasSubstr("loses events and stays")));
  EXPECT_THAT(problems_of(record, stopped + Duration{999}), ElementsAre(HasSubstr("is deleted before its time")));
  EXPECT_THAT(problems_of(record, stopped + Duration{1'000}), ElementsAre());
  record.append(std::move(event));
  EXPECT_THAT(problems_of(record, stopped + Duration{1'000}), ElementsAre());
}

TEST(Simulation, AFailingPlanIsShrunk) {
  const Options lies{.sabotage = Sabotage::disk_lies};
  const auto fails = [&lies](const Plan& plan) { return !simulate(plan, lies).violations.empty(); };
  const Plan plan{.seed = 1, .steps = steps};
  ASSERT_TRUE(fails(plan));
  const Plan smaller = shrink(plan, fails);
  EXPECT_TRUE(fails(smaller));
  EXPECT_LT(smaller.steps, plan.steps);
  EXPECT_TRUE(smaller.faults.none());  // the lie comes out at the last crash, which every plan has
}

TEST(Simulation, AnAnswerThatIsTakenTwiceIsNoticed) {
  VirtualTime time;
  Disk disk(time, 1);
  std::vector<std::string> violations;
  Model model(disk, violations);
  const TaskRef task{.execution = {.shard = 0, .serial = 1}, .scope = 0, .scheduled = 5};
  model.told(task, Told::succeeded, false);
  model.told(task, Told::failed, false);
  const auto twice = [](const std::string& violation) { return violation.contains("had taken one"); };
  EXPECT_TRUE(std::ranges::any_of(violations, twice));
  const auto gone = [](const std::string& violation) { return violation.contains("it is gone"); };
  EXPECT_TRUE(std::ranges::any_of(violations, gone));
}

}  // namespace
}  // namespace stepwell::engine::sim
