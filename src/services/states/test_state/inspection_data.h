#pragma once
// inspectionData of TestState's answer: what AWS shows of the state's data flow (spec §2).

#include "services/states/test_state/trial.h"

namespace stepwell::states {

// `variables`: those in reach of the state.
json::Value inspection_data(json::Arena& arena, const Trial& trial, const Observation& observation,
                            const Verdict& verdict, const json::Value& input, const json::Value& variables);

}  // namespace stepwell::states
