#pragma once
// Decimal digits of the scripts of the world: the families of ten that the reference implementation knows.

#include <optional>

namespace stepwell::jsonata {

// The zero of the family that a digit belongs to.
std::optional<char32_t> zero_of(char32_t digit);

}  // namespace stepwell::jsonata
