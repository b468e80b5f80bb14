#pragma once
// Does a mocked result look like what the service answers (spec §2, TestState)?
//
// Checked are types, required members, enumerations, the range of numbers and the length of texts; members that the
// shape does not know pass, as do the patterns of texts. Names are as workflows write them: PascalCase. Dates are
// texts.

#include "base/error.h"
#include "lang/json/value.h"
#include "wire/api_model.h"

#include <cstdint>

namespace stepwell::states {

enum class FieldValidation : std::uint8_t {
  strict,   // and what is required is there
  present,  // what is there is right
};

// Where the raw body of an answer goes.
enum class Bodies : std::uint8_t {
  text,    // AWS SDK
  parsed,  // optimised integrations: any JSON
};

// Error ValidationException in AWS's words; of several faults the first.
Result<void> check_result(const wire::Shape& shape, const json::Value& result, FieldValidation validation,
                          Bodies bodies);

}  // namespace stepwell::states
