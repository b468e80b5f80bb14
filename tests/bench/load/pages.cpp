// pages port= execution= seconds= [rate=200]: reads an execution's history in pages of 1,000 events, over and over,
// `rate` pages a second.
#include "load/report.h"
#include "load/states_api.h"
#include "load/workloads.h"

namespace stepwell::load {
namespace {

class Reader final : public Caller {
 public:
  Reader(std::string_view execution, std::chrono::seconds time, long rate)
      : execution_(quoted(execution)),
        end_(Clock::now() + time),
        pause_(Clock::duration(std::chrono::seconds(1)) / rate) {}
  std::optional<std::string> next() override {
    if (Clock::now() >= end_) return std::nullopt;
    const std::string from = token_.empty() ? "" : ",\"nextToken\":" + quoted(token_);
    return request("GetExecutionHistory", "{\"executionArn\":" + execution_ + ",\"maxResults\":1000" + from + "}");
  }
  void answered(const Answer& answer) override {
    expect_success(answer);
    token_ = member(answer.body, "nextToken");
    latencies.add(answer.took);
  }
  Clock::time_point due() override { return began_ + static_cast<long>(latencies.count()) * pause_; }

  Latencies latencies;

 private:
  std::string execution_;
  Clock::time_point began_ = Clock::now();
  Clock::time_point end_;
  Clock::duration pause_;
  std::string token_;
};

}  // namespace

void run_pages(const Settings& settings) {
  Reader reader(settings.text("execution"), std::chrono::seconds(settings.number("seconds")),
                settings.number("rate", 200));
  const auto began = Clock::now();
  ClosedLoop loop(settings.port());
  loop.add(reader);
  loop.run();
  report(reader.latencies, Clock::now() - began);
}

}  // namespace stepwell::load
