#include "engine/sim/generator.h"

#include <fmt/format.h>

namespace stepwell::engine::sim {
namespace {

constexpr int deepest = 3;

class Generator {
 public:
  Generator(Dice& dice, asl::MachineType type) : dice_(dice), type_(type) {}

  // {"StartAt":…,"States":{…}} without the outer braces: states in a row, each leading to the next.
  std::string block(int depth) {
    std::vector<std::string> names;
    for (std::uint64_t i = dice_.between(1, depth == 0 ? 4 : 2); i > 0; --i)
      names.push_back(fmt::format("S{}", ++states_));
    std::string states;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const bool last = i + 1 == names.size();
      const std::string next = last ? R"("End":true)" : fmt::format(R"("Next":"{}")", names[i + 1]);
      states += fmt::format(R"({}"{}":{{{}}})", i == 0 ? "" : ",", names[i], state(depth, next, names.back(), last));
    }
    return fmt::format(R"("StartAt":"{}","States":{{{}}})", names.front(), states);
  }

 private:
  // `rescue`: where catchers lead.
  std::string state(int depth, const std::string& next, const std::string& rescue, bool last) {
    switch (dice_.below(depth < deepest ? 10 : 7)) {
      case 0: return fmt::format(R"("Type":"Pass","Assign":{{"v":{}}},{})", dice_.below(100), next);
      case 1: return fmt::format(R"("Type":"Wait","Seconds":{},{})", dice_.below(15), next);
      case 2:
        return last ? ending()
                    : fmt::format(
                          R"("Type":"Choice","Choices":[{{"Variable":"$.ok","IsPresent":true,{}}}],"Default":"{}")",
                          next, rescue);
      case 3:
      case 4:
      case 5: return fmt::format(R"("Type":"Task",{}{},{})", task(), handling(rescue, last), next);
      case 6:
        return fmt::format(
            R"("Type":"Pass","Parameters":{{"items":[1,2,3],"seconds":2,"ok":true,"was.$":"$$.Execution.Name"}},{})",
            next);
      case 7:
        return fmt::format(R"("Type":"Parallel","Branches":[{{{}}},{{{}}}],"ResultPath":null{},{})", block(depth + 1),
                           block(depth + 1), handling(rescue, last), next);
      default:
        return fmt::format(
            R"("Type":"Map","ItemsPath":"$.items","ItemSelector":{{"items":[4,5],"seconds":1,"ok":true,"n.$":"$$.Map.Item.Value"}},{}"ItemProcessor":{{{}}},"ResultPath":null{},{})",
            map_limits(), block(depth + 1), handling(rescue, last), next);
    }
  }

  std::string ending() {
    return dice_.percent(70) ? R"("Type":"Succeed")" : R"("Type":"Fail","Error":"Thrown","Cause":"by dice")";
  }

  std::string map_limits() {
    std::string limits;
    if (dice_.percent(50)) limits += fmt::format(R"("MaxConcurrency":{},)", dice_.between(1, 2));
    if (dice_.percent(40)) limits += fmt::format(R"("ToleratedFailurePercentage":{},)", dice_.between(20, 90));
    return limits;
  }

  std::string task() {
    std::string limits = R"("ResultPath":"$.result")";
    if (dice_.percent(60)) limits += fmt::format(R"(,"TimeoutSeconds":{})", dice_.between(10, 40));
    if (dice_.percent(30)) limits += fmt::format(R"(,"HeartbeatSeconds":{})", dice_.between(4, 9));
    const bool express = type_ == asl::MachineType::express;
    switch (dice_.below(express ? 2 : 5)) {
      case 0:
        return R"("Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"QueueUrl":"q","MessageBody":"m"},)" +
               limits;
      case 2: return R"("Resource":"arn:aws:states:us-east-1:123456789012:activity:a",)" + limits;
      case 3:
        return R"("Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"QueueUrl":"q","MessageBody.$":"$$.Task.Token"},)" +
               limits;
      case 4:
        return R"("Resource":"arn:aws:states:::states:startExecution.sync","Parameters":{"Input":{"seconds":3,"ok":true}},)" +
               limits;
      default: return R"("Resource":"arn:aws:lambda:us-east-1:123456789012:function:f",)" + limits;
    }
  }

  std::string handling(const std::string& rescue, bool last) {
    std::string fields;
    if (dice_.percent(60)) {
      fields +=
          fmt::format(R"(,"Retry":[{{"ErrorEquals":["{}"],"IntervalSeconds":{},"MaxAttempts":{},"BackoffRate":1.5}}])",
                      dice_.percent(50) ? "States.ALL" : "Odd", dice_.between(1, 5), dice_.below(3));
    }
    if (!last && dice_.percent(60))
      fields += fmt::format(R"(,"Catch":[{{"ErrorEquals":["States.ALL"],"ResultPath":null,"Next":"{}"}}])", rescue);
    return fields;
  }

  Dice& dice_;
  asl::MachineType type_;
  int states_ = 0;
};

}  // namespace

std::string generate_definition(Dice& dice, asl::MachineType type) {
  const std::string limit =
      dice.one_in(4) ? fmt::format(R"("TimeoutSeconds":{},)", dice.between(50, 250)) : std::string();
  return fmt::format("{{{}{}}}", limit, Generator(dice, type).block(0));
}

}  // namespace stepwell::engine::sim
