// sync port= machine= input= [connections=64] [seconds=5] [warm=1]: StartSyncExecution, one after the other on each
// connection, after `warm` seconds that do not count. Every execution has to succeed.
#include "load/report.h"
#include "load/states_api.h"
#include "load/workloads.h"

#include <deque>

namespace stepwell::load {
namespace {

struct Shared {
  std::string bytes;
  Clock::time_point end;
  bool counts = false;
  Latencies latencies;
};

class Synchronous final : public Caller {
 public:
  explicit Synchronous(Shared& shared) : shared_(shared) {}
  std::optional<std::string> next() override {
    if (Clock::now() >= shared_.end) return std::nullopt;
    return shared_.bytes;
  }
  void answered(const Answer& answer) override {
    expect_success(answer);
    if (member(answer.body, "status") != "SUCCEEDED") give_up(answer.body);
    if (shared_.counts) shared_.latencies.add(answer.took);
  }

 private:
  Shared& shared_;
};

void run_for(Shared& shared, const Settings& settings, std::chrono::seconds time) {
  shared.end = Clock::now() + time;
  ClosedLoop loop(settings.port());
  std::deque<Synchronous> callers;
  for (long i = 0; i < settings.number("connections", 64); ++i) loop.add(callers.emplace_back(shared));
  loop.run();
}

}  // namespace

void run_sync(const Settings& settings) {
  Shared shared;
  shared.bytes = start_request("StartSyncExecution", settings);
  if (const long warm = settings.number("warm", 1); warm > 0) run_for(shared, settings, std::chrono::seconds(warm));
  shared.counts = true;
  const auto began = Clock::now();
  run_for(shared, settings, std::chrono::seconds(settings.number("seconds", 5)));
  report(shared.latencies, Clock::now() - began);
}

}  // namespace stepwell::load
