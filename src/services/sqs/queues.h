#pragma once
// All queues: their records in the store, and those that are at work in memory.

#include "base/async_mutex.h"
#include "base/error.h"
#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/sqs/queue.h"
#include "services/sqs/records.h"
#include "store/store.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepwell::sqs {

struct ServicePorts {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  Log& log;
  // Of this server, where a caller that comes from inside is told the URL of a queue.
  std::function<std::string()> endpoint_url;
  QueueLimits limits = {};
};

class Queues {
 public:
  explicit Queues(const ServicePorts& ports);

  // Held while queues are made, changed or taken away, so that two such do not cross.
  AsyncMutex& changes() { return changes_; }

  // nullptr: there is none.
  Result<std::shared_ptr<Queue>> find(std::string_view arn);
  // The record of a queue that is there, or was deleted less than a minute ago.
  Result<std::optional<QueueRecord>> read(std::string_view arn) const;
  // In the order of their ARNs, behind `after` (an ARN; empty: from the beginning), those whose ARN begins so.
  Result<std::vector<QueueRecord>> list(std::string_view arn_prefix, std::string_view after, std::size_t limit) const;

  Task<Result<void>> create(QueueRecord record);
  Task<Result<void>> save(QueueRecord record);
  Task<Result<void>> remove(std::shared_ptr<Queue> queue);

  // Takes away what is too old: messages, deduplication ids, names of deleted queues; and lets queues that nobody uses
  // leave memory.
  Task<Result<void>> sweep();
  // Takes away what queues have left that are no more: once, at the start.
  Task<Result<void>> sweep_strays();
  void drain();

 private:
  Task<Result<void>> sweep_queue(QueueRecord record);
  Task<Result<void>> sweep_deduplication();
  Task<void> pause();
  void let_go();

  const ServicePorts ports_;
  const std::shared_ptr<const QueuePorts> queue_ports_;
  AsyncMutex changes_;
  std::map<std::string, std::shared_ptr<Queue>, std::less<>> open_;  // by ARN
  std::vector<std::shared_ptr<Queue>> closing_;                      // deleted; something of theirs is under way
  std::string deduplication_swept_to_;
  bool draining_ = false;
};

}  // namespace stepwell::sqs
