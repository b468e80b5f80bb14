#pragma once
// What values are as conditions, and how they compare.

#include "lang/jsonata/failure.h"
#include "lang/jsonata/value/budget.h"
#include "lang/jsonata/value/value.h"

#include <expected>

namespace stepwell::jsonata {

// As $boolean casts it; undefined is false. D1001: a number is out of range; U1001, U1002: too much to look at.
std::expected<bool, Code> truth(const Value& value, Budget& budget);

// Deep equality. U1002: too much to compare.
std::expected<bool, Code> is_equal(const Value& a, const Value& b, Budget& budget);

// The same value: of containers and functions the same one. Not to be relied on once the budget is exceeded.
bool is_identical(const Value& a, const Value& b, Budget& budget);

bool is_number_list(const Value& value);

}  // namespace stepwell::jsonata
