#pragma once
// $formatNumber: a number as a picture shows it, "#,##0.00;(#,##0.00)" (F&O 3.1 §4.7), as the reference implementation
// reads that. Where that fails, F&O is followed: negative numbers, 0 and pictures with a prefix may have an exponent,
// numbers of 10^21 and more show all their digits, and each separator in a fraction stands at its own place.

#include "lang/jsonata/picture/number_symbols.h"
#include "lang/jsonata/picture/picture_error.h"

#include <string>
#include <string_view>

namespace stepwell::jsonata {

// Errors: D3080 to D3093.
std::expected<std::string, PictureError> format_number(double number, std::string_view picture,
                                                       const NumberSymbols& symbols = {});

}  // namespace stepwell::jsonata
