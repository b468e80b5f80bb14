#pragma once
// The two parts of an api.json as they are read (api_model.h): the error names what is not consistent, and where.

#include "base/error.h"
#include "lang/json/value.h"
#include "wire/api_model.h"

#include <memory>

namespace stepwell::wire {

Result<ModelHead> read_model_head(const json::Value& root);
Result<std::unique_ptr<const ModelContent>> read_model_content(const json::Value& root);

}  // namespace stepwell::wire
