// Tasks that wait for jobs of a Batch that is somewhere else: it is asked again and again.

#include "../states/service_fixture.h"
#include "services/batch/model.h"

#include <algorithm>

namespace stepwell::states {
namespace {

// Answers what it is told to, and notes what it is asked and when.
class Elsewhere final : public directory::Service {
 public:
  struct Heard {
    Timestamp at{};
    std::string operation;
    std::string input;
  };
  explicit Elsewhere(Clock& clock) : clock_(clock) {}

  const wire::ApiModel& model() const override { return batch::model(); }
  Task<Result<wire::Reply>> call(wire::Call& call) override {
    heard->push_back({clock_.now(), call.operation->name, json::print(call.input)});
    if (!reachable) {
      co_return fail({.fault = Fault::server, .code = "ServerException", .message = "not now", .detail = {}});
    }
    wire::Reply reply;
    if (call.operation->name == "SubmitJob") {
      reply.output = *json::parse_copy(
          call.arena, R"({"jobName":"j","jobId":"i","jobArn":"arn:aws:batch:eu-west-1:123456789012:job/i"})");
    } else if (call.operation->name == "DescribeJobs") {
      reply.output = *json::parse_copy(
          call.arena, fmt::format(R"({{"jobs":[{{"jobId":"i","jobName":"j","status":"{}"}}]}})", status));
    } else {
      reply.output = json::ObjectBuilder(call.arena).build();
    }
    co_return reply;
  }

  std::shared_ptr<std::vector<Heard>> heard = std::make_shared<std::vector<Heard>>();
  std::string status = "RUNNING";
  bool reachable = true;

 private:
  Clock& clock_;
};

class ElsewhereTest : public ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    create_machine("parent", R"({"StartAt":"T","States":{"T":{"Type":"Task",
        "Resource":"arn:aws:states:::batch:submitJob.sync",
        "Parameters":{"JobName":"j","JobQueue":"q","JobDefinition":"d"},"End":true}}})");
    start_execution("parent", "p");
  }
  void add_services(directory::Directory& directory) override {
    auto service = std::make_unique<Elsewhere>(clock_);
    if (elsewhere_ != nullptr) service->heard = heard_;
    elsewhere_ = service.get();
    heard_ = service->heard;
    directory.add(std::move(service));
  }
  std::size_t asked(std::string_view operation) {
    return static_cast<std::size_t>(std::ranges::count(*heard_, operation, &Elsewhere::Heard::operation));
  }

  Elsewhere* elsewhere_ = nullptr;
  std::shared_ptr<std::vector<Elsewhere::Heard>> heard_;
};

TEST_F(ElsewhereTest, ItIsAskedLessAndLessOften) {
  pass(std::chrono::seconds(8));
  EXPECT_EQ(asked("DescribeJobs"), 4U);  // after 0, 1, 3 and 7 seconds
  pass(std::chrono::minutes(10));
  EXPECT_LT(asked("DescribeJobs"), 30U);
  elsewhere_->status = "SUCCEEDED";
  pass(std::chrono::seconds(31));
  EXPECT_EQ(status("parent", "p"), "SUCCEEDED");
  EXPECT_EQ(member(member(describe("parent", "p"), "output"), "Status"), "SUCCEEDED");
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

TEST_F(ElsewhereTest, WhatCannotBeReachedIsAskedAgain) {
  pass(std::chrono::seconds(1));
  elsewhere_->reachable = false;
  pass(std::chrono::minutes(5));
  EXPECT_EQ(status("parent", "p"), "RUNNING");
  elsewhere_->reachable = true;
  elsewhere_->status = "FAILED";
  pass(std::chrono::minutes(1));
  EXPECT_EQ(status("parent", "p"), "FAILED");
  EXPECT_EQ(member(describe("parent", "p"), "error"), "States.TaskFailed");
}

TEST_F(ElsewhereTest, ItIsAskedAgainAfterACrash) {
  pass(std::chrono::seconds(2));
  restart();
  elsewhere_->status = "SUCCEEDED";
  pass(std::chrono::seconds(1));
  EXPECT_EQ(status("parent", "p"), "SUCCEEDED");
  EXPECT_EQ(asked("SubmitJob"), 1U);
}

TEST_F(ElsewhereTest, WhatIsGivenUpIsTerminatedAsSoonAsItCanBe) {
  pass(std::chrono::seconds(1));
  elsewhere_->reachable = false;
  call("StopExecution", fmt::format(R"({{"executionArn":"{}"}})", execution_arn("parent", "p")));
  pass(std::chrono::seconds(2));
  EXPECT_EQ(rows(store::Table::nested_execution), 2U);
  restart();
  elsewhere_->reachable = true;
  pass(std::chrono::seconds(5));
  const auto last = std::ranges::find(heard_->rbegin(), heard_->rend(), "TerminateJob", &Elsewhere::Heard::operation);
  ASSERT_NE(last, heard_->rend());
  EXPECT_NE(last->input.find(execution_arn("parent", "p")), std::string::npos);
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

}  // namespace
}  // namespace stepwell::states
