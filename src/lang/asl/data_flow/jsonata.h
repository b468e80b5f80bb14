#pragma once
// JSONata as a query language of states (spec §1.9): Arguments, Output, Assign, and any other field that takes an
// expression in place of its value.

#include "lang/asl/data_flow.h"

namespace stepwell::asl {

std::unique_ptr<const Language> make_jsonata(CompileContext context);

// The pieces of it, each in its own file.
Result<std::unique_ptr<DataFlow>> jsonata_data_flow(CompileContext context, const ExitPoint& exit);
Result<std::unique_ptr<Setting>> jsonata_setting(CompileContext context, const json::Value& state,
                                                 std::string_view field);
Result<std::unique_ptr<Condition>> jsonata_condition(CompileContext context, const json::Value& rule,
                                                     std::string_view place);
Result<std::unique_ptr<WakeUp>> jsonata_wake_up(CompileContext context, const json::Value& state);
Result<std::unique_ptr<Items>> jsonata_items(CompileContext context, const json::Value& state);

// A failure of evaluation: States.QueryEvaluationError, framed. `location`: the field, "Output/a".
Failure evaluation_failure(std::string cause, std::string location);

}  // namespace stepwell::asl
