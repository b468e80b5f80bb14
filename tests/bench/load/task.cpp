// task port= machine= activity= input= count= [connections=16] [workers=16]: starts `count` executions of a machine
// with one activity task, while workers take the tasks and answer them. Latencies are those of the answers
// (SendTaskSuccess).
#include "load/report.h"
#include "load/states_api.h"
#include "load/workloads.h"

#include <deque>

namespace stepwell::load {
namespace {

struct Shared {
  std::string start, take;
  long count = 0;
  long begun = 0;
  Latencies answers;
};

class Starter final : public Caller {
 public:
  explicit Starter(Shared& shared) : shared_(shared) {}
  std::optional<std::string> next() override {
    if (shared_.begun == shared_.count) return std::nullopt;
    ++shared_.begun;
    return shared_.start;
  }
  void answered(const Answer& answer) override { expect_success(answer); }

 private:
  Shared& shared_;
};

class Worker final : public Caller {
 public:
  explicit Worker(Shared& shared) : shared_(shared) {}
  std::optional<std::string> next() override {
    if (token_.empty()) return shared_.take;
    return request("SendTaskSuccess", "{\"taskToken\":\"" + token_ + "\",\"output\":\"{}\"}");
  }
  void answered(const Answer& answer) override {
    expect_success(answer);
    if (token_.empty()) {
      token_ = member(answer.body, "taskToken");
    } else {
      token_.clear();
      shared_.answers.add(answer.took);
    }
  }

 private:
  Shared& shared_;
  std::string token_;  // of the task that is being worked on
};

}  // namespace

void run_task(const Settings& settings) {
  Shared shared;
  shared.start = start_request("StartExecution", settings);
  shared.take = request("GetActivityTask", "{\"activityArn\":" + quoted(settings.text("activity")) + "}");
  shared.count = settings.number("count");
  const auto began = Clock::now();
  ClosedLoop loop(settings.port());
  std::deque<Starter> starters;
  std::deque<Worker> workers;
  for (long i = 0; i < settings.number("workers", 16); ++i) loop.add(workers.emplace_back(shared));
  for (long i = 0; i < settings.number("connections", 16); ++i) loop.add(starters.emplace_back(shared));
  loop.run([&] { return static_cast<long>(shared.answers.count()) == shared.count; });
  report(shared.answers, Clock::now() - began);
}

}  // namespace stepwell::load
