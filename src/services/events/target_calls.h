#pragma once
// Targets that are services of the directory: state machines, functions, queues, topics, log groups, ECS tasks and
// Batch jobs.

#include "services/deliveries/delivery.h"
#include "services/events/target_delivery.h"
#include "wire/arn.h"

namespace stepwell::events {

Result<deliveries::ServiceCall> target_call(const Target& target, const json::Value& document, std::string input,
                                            const DeliveryContext& context);
Result<void> check_target_call(const wire::Arn& arn, const json::Value& document);

}  // namespace stepwell::events
