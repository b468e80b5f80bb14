// sqs port= queue= count= [connections=64] [bytes=256]: sends `count` messages to the queue, each connection receiving
// and deleting one for each that it has sent. Latencies are those of the three together.
#include "load/report.h"
#include "load/states_api.h"
#include "load/workloads.h"

#include <deque>
#include <utility>

#include <fmt/format.h>

namespace stepwell::load {
namespace {

std::string sqs_request(std::string_view operation, std::string_view body) {
  return fmt::format(
      "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.0\r\n"
      "X-Amz-Target: AmazonSQS.{}\r\nContent-Length: {}\r\n\r\n{}",
      operation, body.size(), body);
}

struct Shared {
  std::string queue, send, receive;
  long count = 0;
  long begun = 0;
  Latencies turns;
};

class Turn final : public Caller {
 public:
  explicit Turn(Shared& shared) : shared_(shared) {}
  std::optional<std::string> next() override {
    if (step_ == Step::receive) return shared_.receive;
    if (step_ == Step::remove) {
      return sqs_request("DeleteMessage",
                         fmt::format(R"({{"QueueUrl":{},"ReceiptHandle":"{}"}})", shared_.queue, handle_));
    }
    if (shared_.begun == shared_.count) return std::nullopt;
    ++shared_.begun;
    return shared_.send;
  }
  void answered(const Answer& answer) override {
    expect_success(answer);
    took_ += answer.took;
    if (step_ == Step::send) {
      step_ = Step::receive;
    } else if (step_ == Step::receive) {
      handle_ = member(answer.body, "ReceiptHandle");
      if (!handle_.empty()) step_ = Step::remove;
    } else {
      step_ = Step::send;
      shared_.turns.add(std::exchange(took_, {}));
    }
  }

 private:
  enum class Step { send, receive, remove };
  Shared& shared_;
  Step step_ = Step::send;
  std::string handle_;
  Clock::duration took_{};
};

}  // namespace

void run_sqs(const Settings& settings) {
  Shared shared;
  shared.queue = quoted(settings.text("queue"));
  const std::string body(static_cast<std::size_t>(settings.number("bytes", 256)), 'x');
  shared.send = sqs_request("SendMessage", fmt::format(R"({{"QueueUrl":{},"MessageBody":"{}"}})", shared.queue, body));
  shared.receive = sqs_request("ReceiveMessage", fmt::format(R"({{"QueueUrl":{},"WaitTimeSeconds":5}})", shared.queue));
  shared.count = settings.number("count");
  const auto began = Clock::now();
  ClosedLoop loop(settings.port());
  std::deque<Turn> turns;
  for (long i = 0; i < settings.number("connections", 64); ++i) loop.add(turns.emplace_back(shared));
  loop.run();
  report(shared.turns, Clock::now() - began);
}

}  // namespace stepwell::load
