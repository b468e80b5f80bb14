#pragma once
// What a file in states/ contributes: the fields its type takes, and how a definition becomes a State. A new state type
// is one file here and one line in states.def.

#include "lang/asl/machine.h"

#include <memory>
#include <span>
#include <string_view>

namespace stepwell::asl {

class Compiler;

enum class Languages : std::uint8_t { jsonpath, jsonata, both };

// A field that a state type takes (spec §1.2); the fields common to all types (Type, Comment, QueryLanguage) are not
// listed.
struct Field {
  std::string_view name;
  Languages languages = Languages::both;
  bool required = false;
};

struct StateKind {
  std::string_view name;
  std::span<const Field> fields;
  // `definition` has passed validation.
  Result<std::unique_ptr<State>> (*compile)(Compiler& compiler, const json::Value& definition);
};

#define STATE(name, member) extern const StateKind member##_state;
#include "lang/asl/states/states.def"
#undef STATE

// The kind of that name, or nullptr.
const StateKind* find_state_kind(std::string_view name);

}  // namespace stepwell::asl
