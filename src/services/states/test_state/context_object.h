#pragma once
// The context object of a state under test (spec §1.11, §2).

#include "base/error.h"
#include "services/states/states.h"
#include "services/states/test_state/subject.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace stepwell::states {

// The Express execution that TestState pretends to run.
struct PretendedExecution {
  std::string machine_name;
  std::string name;
  std::string arn;
};
PretendedExecution pretend_execution(States& states, const wire::Caller& caller);

// What the caller gives, or else what AWS shows. In the call's arena. Error ValidationException.
Result<json::Value> context_object(States& states, wire::Call& call, const Subject& subject,
                                   const PretendedExecution& execution, const json::Value& input,
                                   std::uint32_t retries);

}  // namespace stepwell::states
