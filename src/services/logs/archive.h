#pragma once
// Log groups, their streams and events in the store.
//
// Streams that are written to are kept in memory, so that what a batch says of a stream holds before the batch is
// durable; every batch with events has the stream's record too. Everything else is read from the store.

#include "base/async_mutex.h"
#include "base/error.h"
#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/logs/records.h"
#include "store/store.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepwell::logs {

struct NewEvent {
  Timestamp at{};
  std::string_view message;
};

// Where an event stands in its stream.
struct Place {
  Timestamp at{};
  std::uint64_t serial = 0;
  auto operator<=>(const Place&) const = default;
};

class Archive {
 public:
  Archive(store::Store& store, Scheduler& scheduler, Clock& clock, Random& random)
      : store_(&store), scheduler_(&scheduler), clock_(&clock), random_(&random) {}

  // Held while a group or stream is looked for and made, changed or taken away, so that two such do not cross.
  AsyncMutex& changes() { return changes_; }

  Result<std::optional<Group>> find_group(std::string_view arn) const;
  // In the order of their ARNs, behind `after` (an ARN; empty: from the beginning), those whose ARN begins so.
  Result<std::vector<Group>> list_groups(std::string_view arn_prefix, std::string_view after, std::size_t limit) const;
  Task<Result<void>> save_group(Group group);
  Task<Result<void>> remove_group(std::string arn);  // with its streams and events

  // nullptr: there is none.
  Result<std::shared_ptr<Stream>> find_stream(std::string_view group, std::string_view name);
  // In the order of their names, behind `after` (a name; empty: from the beginning), those whose name begins so.
  Result<std::vector<Stream>> list_streams(std::string_view group, std::string_view name_prefix, std::string_view after,
                                           std::size_t limit) const;
  std::shared_ptr<Stream> create_stream(std::string_view group, std::string_view name, store::Batch& batch);
  Task<Result<void>> remove_stream(std::string group, std::string name);

  // Adds the events, and what they change of the stream, to `batch`.
  void append(Stream& stream, std::span<const NewEvent> events, store::Batch& batch);
  Task<Result<void>> commit(store::Batch batch);
  // The events of a stream in [from, to).
  std::unique_ptr<store::Cursor> scan(std::uint64_t stream, Place from, Place to, store::Direction direction) const;

  // Takes away what is older than its group keeps, a bounded piece at a time.
  Task<Result<void>> expire();

 private:
  void remember(const std::string& key, std::shared_ptr<Stream> stream);
  Task<Result<void>> expire_group(Group group);
  Task<Result<bool>> expire_piece(std::string group, std::string name, Timestamp oldest);

  store::Store* store_;
  Scheduler* scheduler_;
  Clock* clock_;
  Random* random_;
  AsyncMutex changes_;
  std::unordered_map<std::string, std::shared_ptr<Stream>> open_;  // by key
  std::uint64_t last_serial_ = 0;
};

Error unreadable(std::string_view what);

}  // namespace stepwell::logs
