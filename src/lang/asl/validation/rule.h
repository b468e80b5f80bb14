#pragma once
// What a file in rules/ contributes. A new rule is one file there and one line in rules.def.

#include "lang/asl/validation/document.h"
#include "lang/asl/validation/findings.h"

namespace stepwell::asl::validation {

// When a rule speaks, as AWS orders diagnostics. Blocks and states are visited in the order of the text, each by all
// stages up to advice; names, targets and the graph are looked at only where blocks and states are free of errors: AWS
// checks the form of a definition first, and what it adds up to when the form is right.
enum class Stage : std::uint8_t {
  identity,  // whether it is a block or a state at all, and of which type
  fields,    // which fields there are
  values,    // of which types and in which ranges they are
  contents,  // what is in them
  advice,    // warnings
  names,
  targets,
  graph,
};

// A rule looks at blocks, at states, or at the whole.
struct Rule {
  Stage stage;
  void (*block)(const BlockNode& block, const Document& document, Findings& findings) = nullptr;
  void (*state)(const StateNode& state, const Document& document, Findings& findings) = nullptr;
  void (*whole)(const Document& document, Findings& findings) = nullptr;
};

#define RULE(name) extern const Rule name##_rule;
#include "lang/asl/validation/rules.def"
#undef RULE

}  // namespace stepwell::asl::validation
