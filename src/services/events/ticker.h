#pragma once
// Rules with a schedule: what is due is sent, and that it was due is written, in one commit. What was due while the
// server was down is sent once at the start.

#include "base/ports.h"
#include "base/timer.h"
#include "services/events/registry.h"
#include "services/events/router.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace stepwell::events {

class Ticker : public std::enable_shared_from_this<Ticker> {
 public:
  struct Ports {
    store::Store& store;
    Scheduler& scheduler;
    Clock& clock;
    Random& random;
    Log& log;
    Registry& registry;
    Router& router;
  };
  explicit Ticker(const Ports& ports) : ports_(ports) {}

  // Reads when each rule was due last. Nothing is sent before.
  Result<void> start();
  // Rules may have changed.
  void refresh();
  void stop() { alarm_.reset(); }

 private:
  struct Entry {
    RulePtr rule;
    std::optional<Timestamp> due;  // nullopt: never again
  };
  Result<std::optional<Timestamp>> next_due(const Rule& rule) const;
  void arm();
  void tick();
  Result<void> send(Entry& entry, Timestamp now, store::Batch& batch);
  void finished(const Result<void>& committed);

  Ports ports_;
  std::map<std::string, Entry> entries_;  // by key of the rule
  std::unique_ptr<Timer> alarm_;
  bool started_ = false;
  bool committing_ = false;
};

}  // namespace stepwell::events
