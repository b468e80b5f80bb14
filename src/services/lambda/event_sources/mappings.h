#pragma once
// The event source mappings of this server: their records in the store and in memory, and those at work.

#include "base/async_mutex.h"
#include "services/lambda/event_sources/mapping.h"
#include "services/lambda/event_sources/poller.h"
#include "store/store.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace stepwell::lambda {

class Mappings {
 public:
  Mappings(store::Store& store, const PollerPorts& ports) : store_(store), ports_(ports) {}

  // Begins the work of those that are enabled.
  Result<void> take_up();
  // Ends it.
  void close();

  struct Known {
    Mapping mapping;
    std::shared_ptr<Poller> poller;  // nullptr: not at work
  };
  // By id.
  const std::map<std::string, Known, std::less<>>& all() const { return known_; }
  const Known* find(std::string_view id) const;

  // Held while a mapping is looked at and changed.
  AsyncMutex& changes() { return changes_; }
  Task<Result<void>> save(Mapping mapping);
  // The same where only the tags are others: the work goes on.
  Task<Result<void>> save_tags(Mapping mapping);
  Task<Result<void>> remove(std::string id);

 private:
  Task<Result<Known*>> keep(Mapping mapping);
  void begin(Known& known);

  store::Store& store_;
  const PollerPorts ports_;
  AsyncMutex changes_;
  std::map<std::string, Known, std::less<>> known_;
  bool closed_ = false;
};

}  // namespace stepwell::lambda
