#pragma once
// What the query languages share of Wait states: constants, and seconds as a time.

#include "lang/asl/data_flow.h"

namespace stepwell::asl {

// AWS refuses to wait for more than 2^31 - 1 seconds.
inline constexpr Duration longest_wait = std::chrono::seconds(2'147'483'647);

// `now` plus `seconds`, which may be any number that is not negative; what is too long to wait for stays so.
Timestamp seconds_from(Timestamp now, std::int64_t seconds);

// Seconds and Timestamp given outright; "InvalidDefinition" where the value is of no use.
Result<std::unique_ptr<WakeUp>> constant_seconds(const json::Value& seconds);
Result<std::unique_ptr<WakeUp>> constant_timestamp(const json::Value& timestamp);

}  // namespace stepwell::asl
