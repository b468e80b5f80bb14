#pragma once
// One validator for all APIs: does an input have the shape that the model gives, told in AWS's words (spec §2).

#include "base/error.h"
#include "lang/json/value.h"
#include "wire/api_model.h"

namespace stepwell::wire {

// Errors: "SerializationException" for a wrong JSON type (AWS's texts, e.g. "NUMBER_VALUE can not be converted to a
// String"), "ValidationException" for everything else, with every violation:
//   1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less
//   than or equal to 1000 2 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must
//   not be null; Value …
// Members that the model does not know are ignored, as AWS does; a member that is null counts as absent.
// `violation` is what the service calls everything else (ApiModel::validation_error), `missing` what it calls a
// required member that is absent where that is another (ApiModel::missing_error): "The request must contain the
// parameter X."
Result<void> validate_input(const Shape& shape, const json::Value& input,
                            std::string_view violation = "ValidationException", std::string_view missing = {});

}  // namespace stepwell::wire
