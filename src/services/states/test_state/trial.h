#pragma once
// One visit of one state, outside of any execution: the states of lang/asl do what they do in the engine, here is what
// stands in for it. A Task is really called and a Wait really waits; a mock answers in their place.

#include "base/task.h"
#include "services/states/states.h"
#include "services/states/test_state/item_data.h"
#include "services/states/test_state/mock.h"
#include "services/states/test_state/observation.h"

#include <cstdint>
#include <optional>
#include <string>

namespace stepwell::states {

// What takes longer has failed.
inline constexpr Duration longest_trial = std::chrono::minutes(5);

struct Trial {
  Subject subject;
  std::optional<Mock> mock;
  std::uint32_t retries = 0;                       // so far, of the retrier that takes the failure
  std::optional<std::uint32_t> failed_iterations;  // of a Map
  std::optional<ItemData> read;                    // by the ItemReader of a Map that has one
  std::string execution_arn;                       // as the context object shows it
};

struct Verdict {
  enum class Kind : std::uint8_t { succeeded, failed, retriable, caught_error };
  Kind kind = Kind::succeeded;
  asl::Exit exit{};        // of a state that is left
  asl::Failure failure{};  // of all that have not succeeded
  Duration backoff{};      // of `retriable`
};

// Error ValidationException where what is given does not fit what the state comes to.
Task<Result<Verdict>> try_state(States& states, wire::Call& call, const Trial& trial, TestActivation& activation,
                                const Observation& observation);

}  // namespace stepwell::states
