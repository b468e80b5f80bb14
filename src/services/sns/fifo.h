#pragma once
// What makes FIFO topics what they are: the numbers of their messages, and the five minutes in which a message with the
// same deduplication id is the same message.
//
// A message that is part of a commit under way is known before that is durable; when the commit comes to nothing, so
// does the message.

#include "base/error.h"
#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/sns/records.h"
#include "store/store.h"

#include <memory>
#include <optional>
#include <string>

namespace stepwell::sns {

class Fifo {
 public:
  Fifo(store::Store& store, Scheduler& scheduler, Clock& clock);
  ~Fifo();

  // Twenty digits, each greater than the one before.
  std::string next_sequence();

  // The message that was taken by that key (records.h) and is not forgotten.
  Result<std::optional<Taken>> find(const std::string& key) const;
  // Takes it with the commit of `batch`; `taken.until` is set.
  void take(const std::string& key, Taken taken, store::Batch& batch);

  // Takes away what is forgotten, a bounded piece at a time.
  Task<Result<void>> expire();

 private:
  struct State;
  class Reservation;
  std::shared_ptr<State> state_;
};

}  // namespace stepwell::sns
