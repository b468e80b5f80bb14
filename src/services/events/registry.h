#pragma once
// All that EventBridge keeps, in memory and in the store: read at the start, and looked up without the store from then
// on. What others see changes when the store has it. Limits as on AWS bound it.

#include "base/async_mutex.h"
#include "base/error.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/events/bus.h"
#include "store/store.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::events {

// A connection or an API destination. The document has the members that Describe… shows; of a connection AuthParameters
// with its secrets, and only in memory: in the store it is sealed.
struct Resource {
  Place place;
  std::string document;
};
using ResourcePtr = std::shared_ptr<const Resource>;

enum class Shelf : std::uint8_t { connections, destinations };

class Registry {
 public:
  static constexpr std::size_t max_buses = 100;  // of an account in a region
  static constexpr std::size_t max_rules = 300;  // of a bus
  static constexpr std::size_t max_targets = 5;  // of a rule
  static constexpr std::size_t max_resources = 3'000;

  static Result<std::unique_ptr<Registry>> open(store::Store& store, Scheduler& scheduler);
  ~Registry();

  // Held while something is looked for and made, changed or taken away, so that two such do not cross.
  AsyncMutex& changes() { return changes_; }

  // nullptr: there is none. The default bus is there always.
  const Bus* find_bus(const Place& place);
  RulePtr find_rule(const RulePlace& place);
  // In the order of their names, the default one first.
  std::vector<const Bus*> buses(const wire::Caller& caller);
  std::vector<RulePtr> scheduled_rules() const;
  ResourcePtr find(Shelf shelf, const Place& place) const;
  std::vector<ResourcePtr> all(Shelf shelf, const wire::Caller& caller) const;

  Task<Result<void>> save_bus(Place place, std::string document);
  Task<Result<void>> remove_bus(Place place);
  Task<Result<void>> save_rule(RulePtr rule);
  Task<Result<void>> remove_rule(RulePlace place);
  Task<Result<void>> save(Shelf shelf, Resource resource);
  Task<Result<void>> remove(Shelf shelf, Place place);

  // When a scheduled rule was due last; as part of the commit of `batch`.
  Result<std::optional<Timestamp>> last_due(const RulePlace& place) const;
  static void put_last_due(const RulePlace& place, Timestamp due, store::Batch& batch);

  // Is told when a rule has changed or is gone.
  void watch(std::function<void()> watcher) { watcher_ = std::move(watcher); }

 private:
  struct Secrets;
  Registry(store::Store& store, Scheduler& scheduler, std::unique_ptr<Secrets> secrets);
  Result<void> load();
  Bus& bus_at(const Place& place);
  std::string write(Shelf shelf, const Resource& resource) const;

  store::Store& store_;
  Scheduler& scheduler_;
  std::unique_ptr<Secrets> secrets_;
  AsyncMutex changes_;
  std::function<void()> watcher_;
  std::map<std::string, std::unique_ptr<Bus>, std::less<>> buses_;  // by key
  std::map<std::string, ResourcePtr, std::less<>> shelves_[2];      // likewise
};

}  // namespace stepwell::events
