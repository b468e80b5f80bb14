#pragma once
// What a file in rules/ contributes. A new rule is one file there and one line in rules.def.

#include "lang/asl/validation/document.h"
#include "lang/asl/validation/findings.h"

namespace stepwell::asl::validation {

// A rule looks at blocks, at states, or at the whole. Blocks and states are visited in the order of the text, and at
// each of them the rules speak in the order of rules.def; what looks at the whole follows, and only where blocks and
// states are free of errors: AWS checks the form of a definition first, and its graph when the form is right.
struct Rule {
  std::string_view name;
  void (*block)(const BlockNode& block, const Document& document, Findings& findings) = nullptr;
  void (*state)(const StateNode& state, const Document& document, Findings& findings) = nullptr;
  void (*whole)(const Document& document, Findings& findings) = nullptr;
};

#define RULE(name) extern const Rule name##_rule;
#include "lang/asl/validation/rules.def"
#undef RULE

}  // namespace stepwell::asl::validation
