// The length of a state's name.
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/text_length.h"

namespace stepwell::asl::validation {
namespace {

constexpr std::size_t max_characters = 80;

void check(const Document& document, Findings& findings) {
  for (const StateNode& state : document.states()) {
    if (characters(state.name) <= max_characters) continue;
    findings.error("INVALID_STATE_NAME", state.place,
                   fmt::format("Invalid State name: {} exceeds the {}-character limit allowed by the service",
                               state.name, max_characters));
  }
}

}  // namespace

const Rule state_names_rule = {.stage = Stage::names, .whole = check};

}  // namespace stepwell::asl::validation
