#pragma once
// How intrinsic functions look at their arguments: as AWS does, which holds them as Java objects. Numbers that a
// function needs whole are cut towards zero (States.MathAdd alone rounds), text is what `String.valueOf` would give.

#include "lang/asl/activation.h"
#include "lang/asl/failure.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::asl::intrinsics {

// What a function makes may be this large, printed: nested calls multiply what they are given, and values share their
// parts, so that a small tree can stand for an endless text.
inline constexpr std::size_t max_result_bytes = 4U << 20U;

// AWS reports what a function refuses as States.Runtime: "Invalid arguments in States.MathAdd".
std::unexpected<Failure> invalid_arguments(std::string_view function, std::string_view detail = {});

// The number without its fraction, where it is a number within 32 bits.
std::optional<std::int32_t> whole_number(const json::Value& value);

// Length as Java counts it: in UTF-16 units.
std::size_t java_length(std::string_view text);

// `String.valueOf`: texts as they are, {Id=1, Name=x}, [a, b], 1.0E10, null. Cut somewhere behind the bound.
std::string java_text(const json::Value& value);
void append_java_text(std::string& out, const json::Value& value);

// `Object.hashCode`.
std::int32_t java_hash(const json::Value& value);

// The text as a value in the activation's arena; refused beyond the bound.
Evaluated<json::Value> text_value(Activation& activation, std::string_view function, std::string_view text);

}  // namespace stepwell::asl::intrinsics
