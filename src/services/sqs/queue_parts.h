#pragma once
// What the parts of queue.h share and nobody else sees.

#include "services/sqs/queue.h"
#include "store/commit.h"

#include <utility>

namespace stepwell::sqs {

// A message on its way into its queue: held by the commits that it is part of.
struct Queue::Arrival {
  Sequence sequence = 0;
  std::string message_id;
  std::string group;
  Timestamp due{};
  std::string deduplication;  // digest; empty: none
  Timestamp deduplicated_until{};
  std::string value;  // its row, where others may have to write it too
  std::atomic<bool> durable = false;
};

// A receive that waits.
struct Queue::Waiter {
  using Answer = Result<std::vector<Delivery>>;
  struct GiveUp {
    std::weak_ptr<Queue> queue;
    Waiter* waiter;
    void operator()() const;
  };

  explicit Waiter(ReceiveRequest of_caller) : request(std::move(of_caller)) {}

  // The caller goes on from the loop: whoever has the answer is in the middle of its own work.
  void answer(Scheduler& scheduler, Answer with) {
    scheduler.post([told = pending, with = std::move(with)]() mutable { told.set(std::move(with)); });
  }

  const ReceiveRequest request;
  Pending<Answer> pending;
  std::unique_ptr<Timer> timer;
  std::optional<std::stop_callback<GiveUp>> gone;
};

}  // namespace stepwell::sqs
