#pragma once
// JSONPath as a query language of states: InputPath, Parameters, ResultSelector, ResultPath, OutputPath, Assign, the
// fields that end in "Path", and the rules of Choice.

#include "lang/asl/data_flow.h"

namespace stepwell::asl {

const Language& jsonpath_language();

// The pieces of it, each in its own file.
Result<std::unique_ptr<DataFlow>> jsonpath_data_flow(json::Arena& arena, const json::Value& state,
                                                     const json::Value& exit);
Result<std::unique_ptr<Setting>> jsonpath_setting(const json::Value& state, std::string_view field);
Result<std::unique_ptr<Condition>> jsonpath_condition(const json::Value& rule);

}  // namespace stepwell::asl
