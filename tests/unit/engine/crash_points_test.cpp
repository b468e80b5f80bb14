// Every point at which a run may be cut off: the batches that were handed to the store, replayed up to each of them,
// are sound, and an engine that begins there brings everything to its end.

#include "engine/check/checker.h"
#include "engine/sim/machines.h"
#include "engine/sim/simulator.h"
#include "store/memory/memory_store.h"

#include <gtest/gtest.h>

namespace stepwell::engine::sim {
namespace {

std::vector<store::Batch> trace_of(const Plan& plan) {
  std::vector<store::Batch> trace;
  const Outcome outcome = simulate(plan, {.on_group = [&trace](std::span<const store::Batch> group) {
                                     for (const store::Batch& batch : group) trace.push_back(batch.copy());
                                   }});
  EXPECT_EQ(outcome.violations, std::vector<std::string>());
  return trace;
}

void expect_every_prefix_goes_on(const Plan& plan, std::size_t each) {
  const auto trace = trace_of(plan);
  ASSERT_GT(trace.size(), 100U);
  Plan rest = plan;
  rest.steps = 0;
  for (std::size_t length = 0; length <= trace.size() && !testing::Test::HasFailure(); length += each) {
    const Outcome outcome = simulate(rest, {.begin_with = std::span(trace).first(length)});
    for (const std::string& violation : outcome.violations) {
      ADD_FAILURE() << "after " << length << " of " << trace.size() << " batches: " << violation;
    }
  }
}

// Without faults a batch is a commit of its own, and what follows it is what a crash loses.
TEST(CrashPoints, EveryPrefixOfACalmRunGoesOnToTheEnd) {
  Plan plan{.seed = 3, .steps = 160, .clients = 4};
  plan.faults.reset();
  expect_every_prefix_goes_on(plan, 1);
}

// With stops, lost commits and earlier crashes in the trace.
TEST(CrashPoints, PrefixesOfARoughRunGoOnToTheEnd) { expect_every_prefix_goes_on({.seed = 4, .steps = 1'000}, 7); }

}  // namespace
}  // namespace stepwell::engine::sim
