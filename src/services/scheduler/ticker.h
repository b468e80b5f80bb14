#pragma once
// Runs schedules when they are due: what a schedule sends, and when it runs next, are one commit. What was due while
// the server was down runs once at the start.

#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/deliveries/deliveries.h"
#include "services/directory/directory.h"
#include "services/scheduler/book.h"
#include "services/scheduler/timing.h"

#include <memory>

namespace stepwell::scheduler {

class Ticker : public std::enable_shared_from_this<Ticker> {
 public:
  struct Ports {
    Scheduler& scheduler;
    Clock& clock;
    Random& random;
    Log& log;
    const directory::Directory& directory;
    deliveries::Deliveries& deliveries;
    Book& book;
    Timing& timing;
  };
  explicit Ticker(const Ports& ports) : ports_(ports) {}

  // Nothing runs before.
  void start();
  // A schedule is to run then; it may be the first one.
  void expect(Timestamp at);
  void stop();

 private:
  void arm(Timestamp at);
  void tick();
  Task<Result<Timestamp>> run_due();
  Result<void> run(const Timer& timer, Timestamp now, store::Batch& batch);

  Ports ports_;
  std::unique_ptr<stepwell::Timer> alarm_;
  std::optional<Timestamp> alarm_at_;
  bool started_ = false;
  bool running_ = false;
};

}  // namespace stepwell::scheduler
