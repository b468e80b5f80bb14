#pragma once
// The 39 comparison operators of Choice rules in JSONPath (spec §1.6). A value of another type than the operator
// compares makes a rule false, never a failure.

#include "lang/json/value.h"

#include <span>
#include <string_view>

namespace stepwell::asl {

struct ChoiceOperator {
  enum class Operand : std::uint8_t {
    constant,  // the value compared with
    path,      // where that value is
    flag,      // whether the test is to hold
    presence,  // the same; the test is whether Variable leads anywhere
  };
  std::string_view name;
  Operand operand;
  // For a flag the second argument has no meaning.
  bool (*test)(const json::Value& value, const json::Value& operand);
};

std::span<const ChoiceOperator> choice_operators();
const ChoiceOperator* find_choice_operator(std::string_view name);

// Whether `text` fits `pattern`, in which * stands for any characters, \* for a star and \\ for a backslash.
bool matches_pattern(std::string_view text, std::string_view pattern);

// Java's String.compareTo: by UTF-16 code units. Both are valid UTF-8.
int compare_utf16(std::string_view a, std::string_view b);

}  // namespace stepwell::asl
