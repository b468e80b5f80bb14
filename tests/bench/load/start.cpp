// start port= machine= input= count= [connections=64] [rate=0]: StartExecution, `count` times, as fast as the server
// takes them or at most `rate` a second.
#include "load/report.h"
#include "load/states_api.h"
#include "load/workloads.h"

#include <deque>

namespace stepwell::load {
namespace {

struct Shared {
  std::string bytes;
  long count = 0;
  Clock::duration pause{};  // between two starts
  Clock::time_point began = Clock::now();
  long begun = 0;
  Latencies latencies;
};

class Starter final : public Caller {
 public:
  explicit Starter(Shared& shared) : shared_(shared) {}
  std::optional<std::string> next() override {
    if (shared_.begun == shared_.count) return std::nullopt;
    ++shared_.begun;
    return shared_.bytes;
  }
  void answered(const Answer& answer) override {
    expect_success(answer);
    shared_.latencies.add(answer.took);
  }
  Clock::time_point due() override { return shared_.began + shared_.begun * shared_.pause; }

 private:
  Shared& shared_;
};

}  // namespace

void run_start(const Settings& settings) {
  Shared shared;
  shared.bytes = start_request("StartExecution", settings);
  shared.count = settings.number("count");
  if (const long rate = settings.number("rate", 0); rate > 0)
    shared.pause = Clock::duration(std::chrono::seconds(1)) / rate;
  ClosedLoop loop(settings.port());
  std::deque<Starter> callers;
  for (long i = 0; i < settings.number("connections", 64); ++i) loop.add(callers.emplace_back(shared));
  loop.run();
  report(shared.latencies, Clock::now() - shared.began);
}

}  // namespace stepwell::load
