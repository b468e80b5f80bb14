// The simulator in short: seeds that are always the same, some that are not, plans that once failed, and mistakes made
// on purpose, which it must notice. ./dev sim runs it for as long as one likes.

#include "engine/sim/shrink.h"
#include "engine/sim/simulator.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

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
