#pragma once
// Deliveries that are given up, as messages in their dead-letter queues.

#include "base/error.h"
#include "lang/json/arena.h"
#include "services/deliveries/delivery.h"

#include <cstdint>

namespace stepwell::deliveries {

// Why a delivery is given up.
struct Failure {
  Error error;                // of the last attempt
  std::uint32_t retries = 0;  // that were made
  enum class Exhausted : std::uint8_t { nothing, attempts, age } exhausted = Exhausted::nothing;
};

// The delivery to the queue of one that has a dead letter; nullopt: the queue's ARN is none. It has no dead letter of
// its own. The input is in the arena.
std::optional<Delivery> to_dead_letter_queue(json::Arena& arena, const Delivery& delivery, const Failure& failure);

}  // namespace stepwell::deliveries
