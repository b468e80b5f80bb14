#pragma once
// The outbox that SNS, EventBridge, Scheduler and Lambda's destinations send by: what a commit has promised to deliver
// is delivered, whatever happens in between.
//
//   store::Batch batch;
//   TRY(deliveries.add({.what = ServiceCall{.service = "sqs", .operation = "SendMessage", …}, …}, batch));
//   co_await store::commit(store, scheduler, std::move(batch));
//
// Where the target is an operation of this program that can be folded (Service::fold), its effect goes into the very
// same batch: exactly once, and nothing is left to do. Everything else is a row of table `delivery`, written with the
// batch and sent when that is durable; success erases it, failure moves it to its next due time, and when attempts or
// age are used up it goes to its dead-letter queue, or is dropped with a line in the log, in one commit with its
// erasure. So a target that cannot be folded gets each delivery at least once; a call that is made again has the same
// request id.
//
// Rows stay in the store, in the order of their due times for each target; a few are read ahead. Targets take turns:
// one that is slow or gone holds up nobody else. After a restart everything goes on where it stood.
//
// An error of the service that is the client's fault, throttling aside, is final: it is not tried again.

#include "base/error.h"
#include "base/http_client.h"
#include "base/ports.h"
#include "base/timer.h"
#include "services/deliveries/connections.h"
#include "services/deliveries/delivery.h"
#include "services/directory/directory.h"
#include "store/store.h"

#include <cstdint>
#include <memory>

namespace stepwell::deliveries {

struct Limits {
  std::size_t running = 256;         // attempts under way at once
  std::size_t running_each = 16;     // of one target
  std::size_t read_ahead_each = 32;  // places of rows of one target in memory
  // Deliveries that cause deliveries (a bus that sends to a topic, …), one in the other; deeper ones are given up.
  std::uint32_t depth = 8;
  // A batch that is this large already gets rows instead of further effects.
  std::size_t batch_bytes = 4U << 20U;
};

class Deliveries {
 public:
  struct Ports {
    store::Store& store;
    Scheduler& scheduler;
    Clock& clock;
    Random& random;
    Log& log;
    directory::Directory& directory;
    http::Client& client;
  };

  explicit Deliveries(const Ports& ports, const Limits& limits = {});
  // What is under way then has its row still, and begins again with the next start.
  ~Deliveries();
  Deliveries(const Deliveries&) = delete;
  Deliveries& operator=(const Deliveries&) = delete;

  // Who puts authorization into requests. Outlives the deliveries' use; without it such requests fail.
  void use(Connections& connections);
  // Takes up what was left to do; when every service is in the directory. Nothing is sent before.
  Result<void> start();

  // As part of the commit of `batch`. What its target refuses at once is a dead letter of the same commit, no error:
  // errors are those of the store.
  Result<void> add(Delivery delivery, store::Batch& batch);

  // Attempts under way, and targets that have something waiting.
  std::size_t running() const;
  std::size_t targets() const;

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with the attempts under way
};

}  // namespace stepwell::deliveries
