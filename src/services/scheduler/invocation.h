#pragma once
// What a schedule's target means: the call that is made when the schedule runs. Targets are named by the ARN of a thing
// (a queue, a state machine, …) or by an operation of a service: arn:aws:scheduler:::aws-sdk:sqs:sendMessage.

#include "base/error.h"
#include "base/ports.h"
#include "lang/json/value.h"
#include "services/deliveries/delivery.h"
#include "services/directory/directory.h"
#include "services/scheduler/records.h"

namespace stepwell::scheduler {

// Errors "ValidationException", "NotImplemented".
Result<void> check_target(const directory::Directory& directory, const json::Value& target);

struct Invocation {
  json::Arena& arena;
  const directory::Directory& directory;
  const SchedulePlace& place;
  const json::Value& target;  // of the shape Target
  Timestamp due{};
  std::string id;
};
Result<deliveries::Delivery> delivery_of(const Invocation& invocation);

}  // namespace stepwell::scheduler
