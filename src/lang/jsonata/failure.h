#pragma once
// The errors of errors.def. A place in a text is filled with values as JSON shows them: "+" stands in quotation marks.

#include "lang/jsonata/expression.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace stepwell::jsonata {

enum class Code : std::uint8_t {
#define ERROR(code, text) code,
#include "lang/jsonata/errors.def"
#undef ERROR
};

// `position`: byte in the expression behind the token at fault. One argument for each {} of the text.
Error make_error(Code code, std::size_t position, std::initializer_list<std::string_view> arguments = {});

// `text` with quotation marks, as an argument.
std::string quoted(std::string_view text);

}  // namespace stepwell::jsonata
