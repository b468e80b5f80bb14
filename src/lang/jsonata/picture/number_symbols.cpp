#include "lang/jsonata/picture/number_symbols.h"

#include "lang/jsonata/picture/code_points.h"

namespace stepwell::jsonata {
namespace {

constexpr char32_t kNoCharacter = 0xFFFFFFFF;

struct CharacterOption {
  std::string_view name;
  char32_t NumberSymbols::* symbol;
};
constexpr CharacterOption kCharacterOptions[] = {
    {"decimal-separator", &NumberSymbols::decimal_separator},
    {"grouping-separator", &NumberSymbols::grouping_separator},
    {"exponent-separator", &NumberSymbols::exponent_separator},
    {"zero-digit", &NumberSymbols::zero_digit},
    {"digit", &NumberSymbols::digit},
    {"pattern-separator", &NumberSymbols::pattern_separator},
};

struct TextOption {
  std::string_view name;
  std::string NumberSymbols::* symbol;
};
constexpr TextOption kTextOptions[] = {
    {"minus-sign", &NumberSymbols::minus_sign},
    {"infinity", &NumberSymbols::infinity},
    {"NaN", &NumberSymbols::not_a_number},
};

}  // namespace

void NumberSymbols::set(std::string_view option, std::string_view value) {
  if (option == "percent") percent = to_code_points(value);
  if (option == "per-mille") per_mille = to_code_points(value);
  for (const auto& [name, symbol] : kTextOptions) {
    if (name == option) this->*symbol = value;
  }
  for (const auto& [name, symbol] : kCharacterOptions) {
    if (name != option) continue;
    const std::u32string characters = to_code_points(value);
    this->*symbol = characters.size() == 1 ? characters.front() : kNoCharacter;
  }
}

}  // namespace stepwell::jsonata
