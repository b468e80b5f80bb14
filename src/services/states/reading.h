#pragma once
// What can be done with executions beside AWS's operations: reading their history as it grows, one event of it, a
// search over all of them, and forks. Only what is durable is seen.

#include "base/error.h"
#include "base/task.h"
#include "engine/queries.h"
#include "services/states/execution_search.h"
#include "services/states/state_figures.h"
#include "services/states/watchers.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace stepwell::states {

struct ForkRequest;
struct States;

class Reading {
 public:
  explicit Reading(States& states) : states_(&states) {}

  // Errors: InvalidArn, ExecutionDoesNotExist.
  Result<engine::ExecutionId> find(std::string_view execution_arn) const;

  struct Growth {
    std::vector<json::Value> events;  // as GetExecutionHistory has them, long payloads cut off
    engine::Serial next = 1;          // what to read on from
    bool is_all = false;              // there is nothing behind them yet
    engine::Status status = engine::Status::running;
  };
  // At most `limit` events from `from` on. Payloads are cut off after `max_data` bytes.
  Result<Growth> history(engine::ExecutionId id, engine::Serial from, std::size_t limit, std::size_t max_data,
                         json::Arena& arena) const;
  // One event, whole. Error "EventDoesNotExist".
  Result<json::Value> event(engine::ExecutionId id, engine::EventId event, json::Arena& arena) const;

  std::unique_ptr<Watchers::Watch> watch(engine::ExecutionId id, std::function<void()> told) const;
  bool draining() const;  // nothing is worth waiting for any more

  // A share of a part of a search (execution_search.h). Any thread may ask.
  Result<SearchShare> search(ShardShare share, const ExecutionSearch& search,
                             const std::optional<SearchPosition>& after, std::size_t limit) const;

  // A part of how the states of a machine fare (state_figures.h). Any thread may ask.
  Result<FiguresPart> figures(const FiguresQuery& query, const std::optional<SearchPosition>& after) const;

  // A new execution that begins within another (fork.h): its ARN.
  Task<Result<std::string>> fork(ForkRequest request) const;

 private:
  States* states_;
};

}  // namespace stepwell::states
