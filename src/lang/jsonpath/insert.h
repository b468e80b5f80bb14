#pragma once
// Putting a value at the place a reference path names.

#include "lang/jsonpath/program.h"

namespace stepwell::jsonpath {

std::expected<json::Value, EvaluationError> insert_value(json::Arena& arena, const Program& program,
                                                         const json::Value& root, const json::Value& value);

}  // namespace stepwell::jsonpath
