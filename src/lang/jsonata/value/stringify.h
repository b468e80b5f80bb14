#pragma once
// Values as text.

#include "lang/jsonata/failure.h"
#include "lang/jsonata/value/value.h"

#include <cstdint>
#include <optional>
#include <string>

namespace stepwell::jsonata {

enum class Layout : std::uint8_t { compact, pretty };

// As $string casts it: a text is itself, a function is empty, numbers have 15 significant digits. The code of what is
// wrong: a number that is not finite, values nested too deep, or a text longer than `limit`.
std::optional<Code> stringify(const Value& value, Layout layout, std::size_t limit, std::string& out);

// As messages show values: JSON, cut off where it is very long; "undefined".
std::string shown(const Value& value);

}  // namespace stepwell::jsonata
