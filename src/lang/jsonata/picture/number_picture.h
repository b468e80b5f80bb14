#pragma once
// $formatNumber: a number as a picture shows it, "#,##0.00;(#,##0.00)" (F&O 3.1 §4.7), as the reference implementation
// reads that. Beyond it, the mantissa 0 has the exponent 0, negative numbers may have an exponent, and numbers of 10^21
// and more show all their digits.

#include "lang/jsonata/picture/number_symbols.h"
#include "lang/jsonata/picture/picture_error.h"

#include <string>
#include <string_view>

namespace stepwell::jsonata {

// Errors: D3080 to D3093.
std::expected<std::string, PictureError> format_number(double number, std::string_view picture,
                                                       const NumberSymbols& symbols = {});

}  // namespace stepwell::jsonata
