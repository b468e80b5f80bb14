#pragma once
// Reading executions: what DescribeExecution, ListExecutions and GetExecutionHistory see. Only the store is asked, so
// the answers are what is durable, and any thread may ask.

#include "engine/event.h"
#include "engine/persist.h"
#include "engine/records.h"
#include "store/store.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace stepwell::engine {

struct ExecutionView {
  ExecutionId id;
  ExecutionRecord record;
  std::string input;                  // JSON
  std::optional<std::string> output;  // JSON
};

// A page of history. `next` is where the following page begins; nullopt: this was the last one.
struct HistoryPosition {
  Serial serial = 0;  // of the first event not shown yet
};
struct HistoryPage {
  std::vector<Event> events;  // in the arena given; their payloads are read as long as the page is there
  std::optional<HistoryPosition> next;
  std::shared_ptr<const PayloadSource> payloads;
};

enum class Order : std::uint8_t { oldest_first, newest_first };

class Queries {
 public:
  explicit Queries(store::Store& store) : store_(&store), payloads_(store) {}

  Result<std::optional<ExecutionId>> find(std::string_view machine_arn, std::string_view name) const;
  // Whether there are executions of a machine.
  Result<bool> has_any(std::string_view machine_arn) const;
  // nullopt: no such execution.
  Result<std::optional<ExecutionView>> describe(ExecutionId id) const;
  // At most `limit` executions of a list (the ARN of a machine, a version or an alias), newest first, of one status or
  // (nullopt) all; after `after`, if given.
  Result<std::vector<ListEntry>> list(std::string_view list, std::optional<Status> status,
                                      const std::optional<ListEntry>& after, std::size_t limit) const;
  // At most `limit` visible events from a position on (nullopt: the beginning, or the end for newest_first).
  Result<HistoryPage> history(ExecutionId id, std::optional<HistoryPosition> from, Order order, std::size_t limit,
                              json::Arena& arena) const;

 private:
  Result<std::vector<ListEntry>> list_status(std::string_view list, Status status,
                                             const std::optional<ListEntry>& after, std::size_t limit) const;

  store::Store* store_;
  StoredPayloads payloads_;
};

}  // namespace stepwell::engine
