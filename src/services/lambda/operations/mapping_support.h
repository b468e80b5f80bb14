#pragma once
// What the operations of event source mappings do in the same way.

#include "services/lambda/event_sources/mapping.h"
#include "services/lambda/operations/support.h"

namespace stepwell::lambda {

// What the input says of a mapping whose source is known. Errors: InvalidParameterValueException.
Result<void> apply_mapping_settings(const wire::Call& call, Mapping& mapping);
// Whether the queue is there and its messages stay invisible as long as the function may run. Errors:
// InvalidParameterValueException.
Task<Result<void>> check_source(Lambda& lambda, wire::Caller caller, std::string queue_arn, FunctionPtr function);
// The mapping that UUID names. Error: ResourceNotFoundException.
Result<Mapping> find_mapping(const Lambda& lambda, const wire::Call& call);

wire::Reply reply_with_mapping(const Lambda& lambda, wire::Call& call, const Mapping& mapping, std::string_view state);
json::Value show_mapping(json::Arena& arena, const Lambda& lambda, const Mapping& mapping, std::string_view state);
inline std::string_view state_of(const Mapping& mapping) { return mapping.enabled ? "Enabled" : "Disabled"; }

}  // namespace stepwell::lambda
