// turn port= machine= input= count=: one connection starts an execution and asks until it has succeeded, `count` times.
// Latencies are from the start's request to the answer that says so.
#include "load/report.h"
#include "load/states_api.h"
#include "load/workloads.h"

namespace stepwell::load {
namespace {

class Turn final : public Caller {
 public:
  Turn(std::string start, long count) : start_(std::move(start)), count_(count) {}
  std::optional<std::string> next() override {
    if (!describe_.empty()) return describe_;
    if (count_-- == 0) return std::nullopt;
    began_ = Clock::now();
    return start_;
  }
  void answered(const Answer& answer) override {
    expect_success(answer);
    if (describe_.empty()) {
      describe_ =
          request("DescribeExecution", "{\"executionArn\":" + quoted(member(answer.body, "executionArn")) + "}");
      return;
    }
    const std::string_view status = member(answer.body, "status");
    if (status == "RUNNING") return;
    if (status != "SUCCEEDED") give_up(answer.body);
    describe_.clear();
    latencies.add(Clock::now() - began_);
  }

  Latencies latencies;

 private:
  std::string start_;
  long count_;
  std::string describe_;  // of the execution under way
  Clock::time_point began_;
};

}  // namespace

void run_turn(const Settings& settings) {
  Turn turn(start_request("StartExecution", settings), settings.number("count"));
  const auto began = Clock::now();
  ClosedLoop loop(settings.port());
  loop.add(turn);
  loop.run();
  report(turn.latencies, Clock::now() - began);
}

}  // namespace stepwell::load
