// A machine can come to an end: one state of its top level ends it. Branches and item processors are not asked.
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/terminal.h"

namespace stepwell::asl::validation {
namespace {

void check(const Document& document, Findings& findings) {
  if (has_terminal_state(document.top())) return;
  Diagnostic& diagnostic = findings.error("MISSING_END_STATE", document.top().place, "Workflow has no terminal state");
  diagnostic.location.reset();
  diagnostic.hint = "give the last state \"End\": true";
}

}  // namespace

const Rule end_state_rule = {.stage = Stage::graph, .whole = check};

}  // namespace stepwell::asl::validation
