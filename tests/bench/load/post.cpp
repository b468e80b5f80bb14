// post port= path= body= count= [target=] [connections=64]: POST of JSON, `count` times; with a target
// (AmazonSQS.SendMessage) a call of AWS JSON. Every answer has to be one of success.
#include "load/report.h"
#include "load/workloads.h"

#include <deque>

#include <fmt/format.h>

namespace stepwell::load {
namespace {

struct Shared {
  std::string bytes;
  long left = 0;
  Latencies latencies;
};

class Poster final : public Caller {
 public:
  explicit Poster(Shared& shared) : shared_(shared) {}
  std::optional<std::string> next() override {
    if (shared_.left == 0) return std::nullopt;
    --shared_.left;
    return shared_.bytes;
  }
  void answered(const Answer& answer) override {
    if (answer.status < 200 || answer.status > 299) give_up(fmt::format("{}: {}", answer.status, answer.body));
    shared_.latencies.add(answer.took);
  }

 private:
  Shared& shared_;
};

}  // namespace

void run_post(const Settings& settings) {
  const std::string& body = settings.text("body");
  const std::string target = settings.text("target", "");
  const std::string type =
      target.empty() ? "application/json" : fmt::format("application/x-amz-json-1.0\r\nX-Amz-Target: {}", target);
  Shared shared;
  shared.bytes = fmt::format("POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}",
                             settings.text("path"), type, body.size(), body);
  shared.left = settings.number("count");
  const auto began = Clock::now();
  ClosedLoop loop(settings.port());
  std::deque<Poster> callers;
  for (long i = 0; i < settings.number("connections", 64); ++i) loop.add(callers.emplace_back(shared));
  loop.run();
  report(shared.latencies, Clock::now() - began);
}

}  // namespace stepwell::load
