// What EventBridge is told of executions, and when.
#include "service_fixture.h"

#include <gmock/gmock.h>

namespace stepwell::states {
namespace {

constexpr auto events_model =
    R"({"service":"events","protocol":"json","targetPrefix":"AWSEvents","operations":{"PutEvents":{"input":"In"}},"shapes":{
  "Bus":{"type":"string"},"Entries":{"type":"list","member":"Entry"},
  "Entry":{"type":"structure","members":{"Time":"Time","Source":"Bus","Resources":"Names","DetailType":"Bus","Detail":"Bus","EventBusName":"Bus"}},
  "In":{"type":"structure","required":["Entries"],"members":{"Entries":"Entries"}},
  "Names":{"type":"list","member":"Bus"},"Time":{"type":"timestamp"}}})";

// A bus that remembers, and keeps what it is told as the commit says.
class FakeBus final : public directory::Service {
 public:
  struct Script {
    std::vector<std::string> entries;
    std::string account;
    std::optional<Error> error;
    bool foldable = true;
  };
  explicit FakeBus(Script& script) : script_(script) {}
  const wire::ApiModel& model() const override {
    static const auto loaded = wire::ApiModel::load_embedded(events_model);
    return *loaded;
  }
  Task<Result<wire::Reply>> call(wire::Call&) override { co_return fail(internal_error("nobody calls")); }
  Result<wire::Reply> fold(wire::Call& call, store::Batch& batch) override {
    if (!script_.foldable) return Service::fold(call, batch);
    if (script_.error) return fail(*script_.error);
    script_.account = call.caller.account;
    for (const json::Value& entry : call.input.find("Entries")->elements()) {
      script_.entries.push_back(json::print(entry));
    }
    return wire::Reply{};
  }

 private:
  Script& script_;
};

constexpr const char* passing = R"({"StartAt":"P","States":{"P":{"Type":"Pass","Result":{"done":true},"End":true}}})";
constexpr const char* waiting = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":60,"End":true}}})";
constexpr const char* failing =
    R"({"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Sorry","Cause":"it is not to be"}}})";

class StatusEventsTest : public ServiceTest {
 protected:
  void add_services(directory::Directory& directory) override {
    if (has_bus_) directory.add(std::make_unique<FakeBus>(bus_));
  }
  std::string detail(std::size_t entry) const { return member(bus_.entries.at(entry), "Detail"); }
  std::vector<std::string> told() const {
    std::vector<std::string> statuses;
    for (std::size_t i = 0; i < bus_.entries.size(); ++i) statuses.push_back(member(detail(i), "status"));
    return statuses;
  }

  bool has_bus_ = true;
  FakeBus::Script bus_;
};

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(StatusEventsTest, AStartAndAnEnd) {
  create_machine("m", passing);
  start_execution("m", "e", R"({"n":1})");
  ASSERT_THAT(told(), ElementsAre("RUNNING", "SUCCEEDED"));
  EXPECT_EQ(bus_.account, "123456789012");
  EXPECT_EQ(member(bus_.entries[0], "Source"), "aws.states");
  EXPECT_EQ(member(bus_.entries[0], "DetailType"), "Step Functions Execution Status Change");
  EXPECT_EQ(member(bus_.entries[0], "Resources"), fmt::format("[\"{}\"]", execution_arn("m", "e")));
  const auto now = clock_.now().time_since_epoch().count();
  EXPECT_EQ(
      detail(0),
      fmt::format(R"({{"executionArn":"{}","stateMachineArn":"{}","stateMachineVersionArn":null,)"
                  R"("stateMachineAliasArn":null,"name":"e","status":"RUNNING","startDate":{},"stopDate":null,)"
                  R"("input":"{{\"n\":1}}","inputDetails":{{"included":true}},"output":null,"outputDetails":null,)"
                  R"("error":null,"cause":null,"redriveCount":0,"redriveDate":null,"redriveStatus":"NOT_REDRIVABLE",)"
                  R"("redriveStatusReason":"Execution is RUNNING and cannot be redriven"}})",
                  execution_arn("m", "e"), machine_arn("m"), now));
  EXPECT_EQ(member(detail(1), "output"), R"({"done":true})");
  EXPECT_EQ(member(detail(1), "outputDetails"), R"({"included":true})");
  EXPECT_EQ(member(detail(1), "stopDate"), fmt::to_string(now));
}

TEST_F(StatusEventsTest, AFailureAndARedrive) {
  create_machine("m", failing);
  start_execution("m", "e");
  call("RedriveExecution", fmt::format(R"({{"executionArn":"{}"}})", execution_arn("m", "e")));
  ASSERT_THAT(told(), ElementsAre("RUNNING", "FAILED", "RUNNING", "FAILED"));
  EXPECT_EQ(member(detail(1), "error"), "Sorry");
  EXPECT_EQ(member(detail(1), "cause"), "it is not to be");
  EXPECT_EQ(member(detail(1), "redriveStatus"), "REDRIVABLE");
  EXPECT_EQ(member(detail(1), "redriveStatusReason"), "null");
  EXPECT_EQ(member(detail(2), "error"), "null");
  EXPECT_EQ(member(detail(2), "redriveCount"), "1");
}

TEST_F(StatusEventsTest, EveryOtherEnd) {
  create_machine("m", waiting);
  start_execution("m", "e");
  EXPECT_THAT(told(), ElementsAre("RUNNING"));
  call("StopExecution", fmt::format(R"({{"executionArn":"{}","error":"Enough"}})", execution_arn("m", "e")));
  EXPECT_THAT(told(), ElementsAre("RUNNING", "ABORTED"));
  EXPECT_EQ(member(detail(1), "error"), "Enough");
  bus_.entries.clear();
  create_machine("t", R"({"StartAt":"W","TimeoutSeconds":1,"States":{"W":{"Type":"Wait","Seconds":60,"End":true}}})");
  start_execution("t", "e");
  pass(Duration{2'000});
  EXPECT_THAT(told(), ElementsAre("RUNNING", "TIMED_OUT"));
  EXPECT_EQ(member(detail(1), "error"), "null");
}

TEST_F(StatusEventsTest, WhatIsTooLargeIsLeftOut) {
  create_machine("m", R"({"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}})");
  start_execution("m", "e", fmt::format(R"("{}")", std::string(130 * 1024, 'x')));
  ASSERT_EQ(bus_.entries.size(), 2U);
  EXPECT_EQ(member(detail(0), "inputDetails"), R"({"included":true})");
  EXPECT_EQ(member(detail(1), "inputDetails"), R"({"included":false})");
  EXPECT_EQ(member(detail(1), "input"), "null");
  EXPECT_EQ(member(detail(1), "outputDetails"), R"({"included":true})");
  bus_.entries.clear();
  start_execution("m", "f", fmt::format(R"("{}")", std::string(252 * 1024, 'x')));
  ASSERT_EQ(bus_.entries.size(), 2U);
  EXPECT_EQ(member(detail(1), "outputDetails"), R"({"included":false})");
}

TEST_F(StatusEventsTest, ExpressExecutionsTellNothing) {
  create_machine("m", passing, "EXPRESS");
  start_execution("m", "e");
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(StatusEventsTest, NothingIsDoneWithoutABusHere) {
  for (const bool there : {false, true}) {
    has_bus_ = there;
    bus_.foldable = false;
    forget_everything();
    create_machine("m", passing);
    start_execution("m", "e");
    EXPECT_EQ(status("m", "e"), "SUCCEEDED");
  }
}

TEST_F(StatusEventsTest, ABusThatRefusesHoldsNothingUp) {
  bus_.error = internal_error("full");
  create_machine("m", passing);
  start_execution("m", "e");
  EXPECT_EQ(status("m", "e"), "SUCCEEDED");
}

}  // namespace
}  // namespace stepwell::states
