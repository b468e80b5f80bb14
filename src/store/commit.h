#pragma once
// Store::commit for coroutines: resumes on the loop's thread when the batch is durable (or could not be made so).

#include "base/task.h"
#include "base/timer.h"
#include "store/store.h"

namespace stepwell::store {

inline Task<Result<void>> commit(Store& store, Scheduler& scheduler, Batch batch) {
  Pending<Result<void>> durable;
  store.commit(std::move(batch), [&scheduler, durable](Result<void> result) {
    scheduler.post([durable, result = std::move(result)]() mutable { durable.set(std::move(result)); });
  });
  co_return co_await durable;
}

}  // namespace stepwell::store
