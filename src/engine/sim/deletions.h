#pragma once
// What retention (engine/retention.h) takes away, as the disk sees it: nothing goes that has not ended, nothing before
// its time, events only with their execution, and nothing comes back.

#include "base/time.h"
#include "engine/ids.h"
#include "store/store.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace stepwell::engine::sim {

class Deletions {
 public:
  // How long executions stay after their end; nullopt: for ever.
  void expect(std::optional<Duration> retention) { retention_ = retention; }

  // A batch that is about to become durable in `tables`, and the time of the wall clock when it was made.
  void look_at(store::Store& tables, const store::Batch& batch, Timestamp at);

  bool deleted(ExecutionId id) const { return deleted_.contains(id); }
  std::size_t count() const { return deleted_.size(); }
  std::vector<std::string> take_problems() { return std::exchange(problems_, {}); }

 private:
  class Visitor;
  std::optional<Duration> retention_;
  std::set<ExecutionId> deleted_;
  std::vector<std::string> problems_;
};

}  // namespace stepwell::engine::sim
