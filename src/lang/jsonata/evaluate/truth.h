#pragma once
// What values are as conditions, and how they compare.

#include "lang/jsonata/value/value.h"

#include <optional>

namespace stepwell::jsonata {

// As $boolean casts it; undefined is false. nullopt: a number is out of range, or values are nested too deep.
std::optional<bool> truth(const Value& value);

// Deep equality.
bool is_equal(const Value& a, const Value& b);

// The same value: of containers and functions the same one.
bool is_identical(const Value& a, const Value& b);

bool is_number_list(const Value& value);

}  // namespace stepwell::jsonata
