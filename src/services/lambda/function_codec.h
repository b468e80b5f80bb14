#pragma once
// A function's record as bytes of the table `function`.

#include "services/lambda/functions.h"

namespace stepwell::lambda {

std::string encode(const FunctionRecord& record);
// nullopt: not a record of this or an earlier version.
std::optional<FunctionRecord> decode_function(std::string_view arn, std::string_view value);

}  // namespace stepwell::lambda
