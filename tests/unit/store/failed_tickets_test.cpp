#include "store/failed_tickets.h"

#include "store/gatherer.h"

#include <future>

#include <gtest/gtest.h>

namespace stepwell::store {
namespace {

TEST(FailedTickets, HoldsTheRangesThatFailed) {
  FailedTickets failed;
  EXPECT_FALSE(failed.contains(0));
  EXPECT_FALSE(failed.contains(1));
  failed.add(3, 5);
  failed.add(5, 6);
  failed.add(9, 10);
  for (const Ticket ticket : {3, 4, 5, 9}) EXPECT_TRUE(failed.contains(ticket)) << ticket;
  for (const Ticket ticket : {0, 2, 6, 8, 10, 11}) EXPECT_FALSE(failed.contains(ticket)) << ticket;
}

TEST(Gatherer, RefusesWhatRestsOnALostCommitAndNothingElse) {
  int writes = 0;
  std::size_t written = 0;
  Gatherer gatherer({}, [&](std::span<const Batch> group) -> Result<void> {
    if (writes++ == 0) return fail(internal_error("full"));
    written += group.size();
    return {};
  });
  const auto commit = [&gatherer](Ticket required, std::promise<bool>& durable) {
    Batch batch;
    batch.put(Table::meta, "k", "v");
    batch.require(required);
    return gatherer.commit(std::move(batch),
                           [&durable](Result<void> result) { durable.set_value(result.has_value()); });
  };
  std::promise<bool> first, rests, rests_on_that, other;
  const Ticket lost = commit(0, first);
  EXPECT_FALSE(first.get_future().get());
  const Ticket refused = commit(lost, rests);
  EXPECT_FALSE(rests.get_future().get());
  commit(refused, rests_on_that);
  EXPECT_FALSE(rests_on_that.get_future().get());
  commit(0, other);
  EXPECT_TRUE(other.get_future().get());
  EXPECT_EQ(written, 1U);
}

}  // namespace
}  // namespace stepwell::store
