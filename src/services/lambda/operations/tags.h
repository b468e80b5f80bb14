#pragma once
// The tags of functions and event source mappings.

#include "services/lambda/operations/support.h"

#include <functional>

namespace stepwell::lambda {

// An object. Errors: ResourceNotFoundException, InvalidParameterValueException for versions and aliases.
Result<json::Value> tags_of(const Lambda& lambda, json::Arena& arena, std::string_view arn);

// Changes those of what Resource names: `change` makes the new ones, an object, of those that it has. Errors: of
// tags_of, InvalidParameterValueException for more than 50.
using ChangeTags = std::function<json::Value(const json::Value& tags)>;
Task<Result<wire::Reply>> change_tags(Lambda& lambda, wire::Call& call, ChangeTags change);

}  // namespace stepwell::lambda
