#pragma once
// The bounds of the service. What AWS fixes is in the files that it concerns.

#include "base/time.h"

#include <cstddef>

namespace stepwell::lambda {

struct Limits {
  std::size_t max_invocations = 1'000;   // under way or waiting for a process; beyond, TooManyRequestsException
  std::size_t max_processes = 128;       // of all functions, idle ones included
  std::size_t max_processes_each = 32;   // of one function
  Duration idle_awake{1'000};            // how long a free process is let run on
  Duration idle_life{300'000};           // of a process that nobody needs, from then on
  std::size_t max_events = 100'000;      // asynchronous invocations that are not over
  Duration first_event_retry{60'000};    // the second attempt after the first, as on AWS
  Duration second_event_retry{120'000};  // the third after the second
  Duration max_event_age{6 * 3'600'000};
};

}  // namespace stepwell::lambda
