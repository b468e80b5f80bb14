#pragma once
// What a target of the kind ECS means, for EventBridge and Scheduler: RunTask with the target's EcsParameters. The
// target's input is what is overridden, where it is a document of that kind ({"containerOverrides":[…]}); an event that
// is passed on as it is overrides nothing.

#include "lang/json/value.h"

#include <string_view>

namespace stepwell::deliveries {

// RunTask's input. `token` is the same when the delivery is made again, so the task is run once.
json::Value run_task_input(json::Arena& arena, std::string_view cluster_arn, const json::Value& parameters,
                           std::string_view input, std::string_view token);

}  // namespace stepwell::deliveries
