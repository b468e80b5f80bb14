#include "engine/sim/machines.h"

#include "base/check.h"
#include "engine/sim/generator.h"

#include <fmt/format.h>

namespace stepwell::engine::sim {
namespace {

struct Written {
  const char* definition;
  asl::MachineType type = asl::MachineType::standard;
};

constexpr auto written = std::to_array<Written>({
    // What nested executions run.
    {R"({"StartAt":"W","States":{"W":{"Type":"Wait","SecondsPath":"$.seconds","Next":"C"},"C":{"Type":"Choice","Choices":[
        {"Variable":"$.ok","BooleanEquals":true,"Next":"S"}],"Default":"F"},"S":{"Type":"Succeed"},"F":{"Type":"Fail","Error":"No"}}})"},
    // Tasks with everything that races: time-outs, heartbeats, retries, catchers.
    {R"({"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f",
        "TimeoutSeconds":8,"Retry":[{"ErrorEquals":["States.Timeout"],"IntervalSeconds":2,"MaxAttempts":2},
        {"ErrorEquals":["Odd"],"IntervalSeconds":1,"BackoffRate":3,"JitterStrategy":"FULL"}],
        "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"W"}],"Next":"W"},
        "W":{"Type":"Wait","Seconds":3,"End":true}}})"},
    {R"({"TimeoutSeconds":200,"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:us-east-1:123456789012:activity:a",
        "TimeoutSeconds":30,"HeartbeatSeconds":9,"Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":4,"MaxAttempts":1}],
        "ResultPath":"$.a","Next":"B"},"B":{"Type":"Task","Resource":"arn:aws:states:us-east-1:123456789012:activity:b","End":true}}})"},
    // A callback, and one whose answer may come before it is submitted.
    {R"({"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Parameters":{"FunctionName":"f","Payload":{"token.$":"$$.Task.Token"}},"HeartbeatSeconds":20,"TimeoutSeconds":60,
        "Catch":[{"ErrorEquals":["States.ALL"],"Next":"W"}],"Next":"W"},"W":{"Type":"Wait","Seconds":1,"End":true}}})"},
    // Nested executions that are awaited, time out, and are given up with their branch.
    {R"({"StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[
        {"StartAt":"N","States":{"N":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2","Parameters":{"Input":
          {"seconds.$":"$.seconds","ok":true}},"TimeoutSeconds":12,"Retry":[{"ErrorEquals":["States.Timeout"],"MaxAttempts":1}],"End":true}}},
        {"StartAt":"M","States":{"M":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync","Parameters":{"Input":
          {"seconds":4,"ok.$":"$.ok"}},"End":true}}},
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}}],
        "Catch":[{"ErrorEquals":["States.ALL"],"Next":"W"}],"Next":"W"},"W":{"Type":"Wait","Seconds":1,"End":true}}})"},
    // A loop around a Map whose items grow fewer, with failures tolerated.
    {R"({"QueryLanguage":"JSONata","StartAt":"I","States":{"I":{"Type":"Pass","Assign":{"n":0},"Next":"M"},
        "M":{"Type":"Map","Items":"{% [$states.input.batches[$n].items] %}","ToleratedFailurePercentage":60,"MaxConcurrency":2,
          "ItemProcessor":{"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Condition":"{% $states.input % 3 = 0 %}","Next":"O"}],
            "Default":"T"},"O":{"Type":"Pass","End":true},
            "T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}},
          "Catch":[{"ErrorEquals":["States.ALL"],"Output":"{% $states.input %}","Assign":{"n":"{% $n + 1 %}"},"Next":"L"}],
          "Output":"{% $states.input %}","Assign":{"n":"{% $n + 1 %}"},"Next":"L"},
        "L":{"Type":"Choice","Choices":[{"Condition":"{% $n < $count($states.input.batches) %}","Next":"M"}],"Default":"E"},
        "E":{"Type":"Succeed"}}})"},
    // The same with iterations that need nobody: several visits in one commit.
    {R"({"QueryLanguage":"JSONata","StartAt":"I","States":{"I":{"Type":"Pass","Assign":{"n":0},"Next":"M"},
        "M":{"Type":"Map","Items":"{% [$states.input.batches[$n].items] %}",
          "ItemProcessor":{"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Condition":"{% $n < 2 %}","Next":"O"}],
            "Default":"T"},"O":{"Type":"Pass","End":true},
            "T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f",
              "Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":1,"MaxAttempts":5}],"End":true}}},
          "Output":"{% $states.input %}","Assign":{"n":"{% $n + 1 %}"},"Next":"L"},
        "L":{"Type":"Choice","Choices":[{"Condition":"{% $n < $count($states.input.batches) %}","Next":"M"}],"Default":"E"},
        "E":{"Type":"Succeed"}}})"},
    // A deadline, and a history that grows long.
    {R"({"TimeoutSeconds":60,"StartAt":"A","States":{"A":{"Type":"Pass","Next":"W"},"W":{"Type":"Wait","Seconds":1,"Next":"A"}}})"},
    {R"({"StartAt":"A","States":{"A":{"Type":"Map","ItemsPath":"$.items","ItemProcessor":{"StartAt":"B","States":{
        "B":{"Type":"Wait","Seconds":1,"End":true}}},"Next":"C"},"C":{"Type":"Wait","Seconds":1,"Next":"A"}}})"},
    // Express, run again after a crash.
    {R"({"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","TimeoutSeconds":9,
        "Catch":[{"ErrorEquals":["States.ALL"],"Next":"W"}],"Next":"W"},"W":{"Type":"Wait","Seconds":2,"End":true}}})",
     asl::MachineType::express},
});

std::shared_ptr<const Revision> revision(std::size_t number, const std::string& definition, asl::MachineType type) {
  auto machine = asl::Machine::compile(definition);
  CHECK(machine.has_value());
  auto revision = std::make_shared<Revision>();
  revision->machine_name = fmt::format("m{}", number);
  revision->machine_arn = fmt::format("arn:aws:states:us-east-1:123456789012:stateMachine:m{}", number);
  revision->revision_id = fmt::format("r{}", number);
  revision->role_arn = "arn:aws:iam::123456789012:role/sim";
  revision->type = type;
  revision->machine = std::move(*machine);
  return revision;
}

}  // namespace

std::vector<std::shared_ptr<const Revision>> make_machines(std::uint64_t seed, std::size_t count) {
  std::vector<std::shared_ptr<const Revision>> machines;
  for (const Written& each : written) {
    if (machines.size() < count) machines.push_back(revision(machines.size(), each.definition, each.type));
  }
  Dice dice(seed, "machines");
  while (machines.size() < count) {
    const auto type = dice.one_in(6) ? asl::MachineType::express : asl::MachineType::standard;
    machines.push_back(revision(machines.size(), generate_definition(dice, type), type));
  }
  return machines;
}

std::string make_input(Dice& dice) {
  std::string items;
  for (std::uint64_t i = dice.below(6); i > 0; --i)
    items += fmt::format("{}{}", items.empty() ? "" : ",", dice.below(9));
  std::string batches;
  for (std::uint64_t i = dice.between(2, 5); i > 0; --i) {
    batches += fmt::format(R"({}{{"items":[)", batches.empty() ? "" : ",");
    const std::uint64_t count = dice.below(5);
    for (std::uint64_t item = 0; item < count; ++item)
      batches += fmt::format("{}{}", item == 0 ? "" : ",", dice.below(9));
    batches += "]}";
  }
  return fmt::format(R"({{"seconds":{},"ok":{},"items":[{}],"batches":[{}]}})", dice.below(20), dice.percent(70), items,
                     batches);
}

}  // namespace stepwell::engine::sim
