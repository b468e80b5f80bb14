#pragma once
// Sequence numbers: the milliseconds of the sending in the upper bits, so that what is too old is one range of keys; a
// queue's numbers grow even when the clock goes back. Gaps are nothing.

#include "base/time.h"
#include "services/sqs/line.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace stepwell::sqs {

inline constexpr unsigned sequence_shift = 20;

// The first number of that time.
inline Sequence first_sequence(Timestamp at) {
  return static_cast<Sequence>(std::max<std::int64_t>(at.time_since_epoch().count(), 0)) << sequence_shift;
}

// As a FIFO queue shows it: twenty digits.
inline std::string sequence_number(Sequence sequence) { return fmt::format("1{:019}", sequence); }

}  // namespace stepwell::sqs
