#pragma once
// What a task definition has to be, and what ECS makes of it when it is registered.

#include "base/error.h"
#include "lang/json/value.h"

namespace stepwell::ecs {

// The document that is kept of RegisterTaskDefinition's input. Errors ClientException; NotImplemented for what a task
// could not do without (secrets, volumes, …).
Result<json::Value> read_definition(json::Arena& arena, const json::Value& input);

}  // namespace stepwell::ecs
