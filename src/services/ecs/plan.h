#pragma once
// What a task runs: the containers of its definition with what RunTask overrides, and how each is started.

#include "base/containers.h"
#include "base/error.h"
#include "base/time.h"
#include "lang/json/value.h"
#include "services/ecs/records.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::ecs {

// {"containerDefinitions":[…], "taskRoleArn":…, "executionRoleArn":…, "cpu":…, "memory":…} of a definition's document
// and RunTask's overrides. Errors InvalidParameterException, ClientException; NotImplemented.
Result<json::Value> make_plan(json::Arena& arena, const json::Value& definition, const json::Value& overrides);

// A container of a plan, as it is run.
struct PlannedContainer {
  struct Dependency {
    std::size_t on = 0;  // the place of the other container
    enum class Until : std::uint8_t { started, ended, succeeded } until = Until::started;
  };
  struct LogTarget {
    std::string group;
    std::string stream;
    std::string region;
    bool create_group = false;
  };
  containers::Spec spec;
  bool essential = true;
  Duration stop_timeout{};
  std::vector<Dependency> dependencies;
  std::optional<LogTarget> log;
};

// The task's containers in their order, without the environment that this server adds.
std::vector<PlannedContainer> planned_containers(const TaskRecord& task);

}  // namespace stepwell::ecs
