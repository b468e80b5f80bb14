#pragma once
// JSONPath as a query language of states: InputPath, Parameters, ResultSelector, ResultPath, OutputPath, Assign, the
// fields that end in "Path", and the rules of Choice.

#include "lang/asl/data_flow.h"
#include "lang/asl/expression.h"

namespace stepwell::asl {

std::unique_ptr<const Language> make_jsonpath(CompileContext context);

// The pieces of it, each in its own file.
Result<std::unique_ptr<DataFlow>> jsonpath_data_flow(CompileContext context, const json::Value& state,
                                                     const json::Value& exit);
Result<std::unique_ptr<Setting>> jsonpath_setting(CompileContext context, const json::Value& state,
                                                  std::string_view field);
Result<std::unique_ptr<Condition>> jsonpath_condition(CompileContext context, const json::Value& rule);
Result<std::unique_ptr<WakeUp>> jsonpath_wake_up(CompileContext context, const json::Value& state);
Result<std::unique_ptr<Items>> jsonpath_items(CompileContext context, const json::Value& state);

// The expression that stands in `field`, with the variables it reads noted.
Result<std::unique_ptr<Expression>> compile_path(CompileContext context, std::string_view field,
                                                 const json::Value& definition);

}  // namespace stepwell::asl
