#pragma once
// The delays between attempts, and the policies that services have of their own.

#include "base/ports.h"
#include "services/deliveries/delivery.h"

#include <cstdint>
#include <optional>

namespace stepwell::deliveries {

// How long to wait before retry number `retry` (from 0); nullopt: there are no more.
std::optional<Duration> delay_before(const Retries& retries, std::uint32_t retry, Random& random);

// Of EventBridge and Scheduler: exponential with jitter. AWS's usual ones are 185 and 24 hours.
Retries event_retries(std::uint32_t attempts, Duration max_age);

// Of SNS for SQS and Lambda: 100,015 over 23 days.
Retries managed_endpoint_retries();

}  // namespace stepwell::deliveries
