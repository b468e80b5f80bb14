// sns port= topic= count= [connections=64] [bytes=256]: publishes `count` messages to the topic.
#include "load/report.h"
#include "load/states_api.h"
#include "load/workloads.h"

#include <deque>

#include <fmt/format.h>

namespace stepwell::load {
namespace {

struct Shared {
  std::string publish;
  long count = 0;
  long begun = 0;
  Latencies latencies;
};

class Publisher final : public Caller {
 public:
  explicit Publisher(Shared& shared) : shared_(shared) {}
  std::optional<std::string> next() override {
    if (shared_.begun == shared_.count) return std::nullopt;
    ++shared_.begun;
    return shared_.publish;
  }
  void answered(const Answer& answer) override {
    expect_success(answer);
    shared_.latencies.add(answer.took);
  }

 private:
  Shared& shared_;
};

}  // namespace

void run_sns(const Settings& settings) {
  Shared shared;
  const std::string message(static_cast<std::size_t>(settings.number("bytes", 256)), 'x');
  const std::string form =
      fmt::format("Action=Publish&Version=2010-03-31&TopicArn={}&Message={}", settings.text("topic"), message);
  shared.publish = fmt::format(
      "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
      "Content-Length: {}\r\n\r\n{}",
      form.size(), form);
  shared.count = settings.number("count");
  const auto began = Clock::now();
  ClosedLoop loop(settings.port());
  std::deque<Publisher> publishers;
  for (long i = 0; i < settings.number("connections", 64); ++i) loop.add(publishers.emplace_back(shared));
  loop.run();
  report(shared.latencies, Clock::now() - began);
}

}  // namespace stepwell::load
