#pragma once
// Who is told how an asynchronous invocation ended: the destinations of its function, and its dead-letter queue. They
// are told in the commit that ends the event.

#include "services/deliveries/deliveries.h"
#include "services/lambda/event_configs.h"
#include "services/lambda/events.h"
#include "services/lambda/functions.h"

#include <cstdint>

namespace stepwell::lambda {

enum class Condition : std::uint8_t { success, retries_exhausted, event_age_exceeded };

struct Ending {
  const EventRecord& event;
  const Result<Outcome>& outcome;  // of the last attempt
  Condition condition;
  Timestamp at{};
};

// Errors are those of the store. A target that is no place to tell anything is passed over.
Result<void> tell_destinations(deliveries::Deliveries& deliveries, const FunctionRecord& function,
                               const EventConfig& config, const Ending& ending, store::Batch& batch);

// Whether an ARN is of something that can be told: a queue, topic, function or event bus.
bool is_destination(std::string_view arn);

// TargetArn of the function's DeadLetterConfig; empty: none.
std::string dead_letter_target(const FunctionRecord& function);

}  // namespace stepwell::lambda
