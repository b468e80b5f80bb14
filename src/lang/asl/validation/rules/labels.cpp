// The labels of Map states: they become part of names and ARNs.
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/text_length.h"

#include <unordered_set>

namespace stepwell::asl::validation {
namespace {

constexpr std::size_t max_characters = 40;
constexpr std::string_view forbidden = " ?*<>{}[]\"#%\\^|~`$&,;:/";

bool has_forbidden_character(std::string_view label) {
  for (std::size_t i = 0; i < label.size(); ++i) {
    const auto byte = static_cast<unsigned char>(label[i]);
    if (byte < 0x20 || byte == 0x7F || forbidden.contains(label[i])) return true;
    // U+0080 to U+009F
    if (byte == 0xC2 && i + 1 < label.size() && static_cast<unsigned char>(label[i + 1]) < 0xA0) return true;
  }
  return false;
}

void check(const Document& document, Findings& findings) {
  std::unordered_set<std::string_view> seen;
  for (const StateNode& state : document.states()) {
    const json::Value* value = state.takes("Label") ? state.find("Label") : nullptr;
    if (value == nullptr || !value->is_string()) continue;
    const std::string_view label = value->as_string();
    const Place place = state.place / "Label";
    if (label.empty() || has_forbidden_character(label)) {
      findings.error("INVALID_LABEL_NAME", place, fmt::format("Invalid Label name: {}", label)).hint =
          label.empty() ? "a label has one character at least"
                        : "white space, wildcards, brackets and special characters are not allowed";
    } else if (characters(label) > max_characters) {
      findings.error("INVALID_LABEL_NAME", place,
                     fmt::format("Invalid Label name: {} exceeds the {}-character limit allowed by the service", label,
                                 max_characters));
    } else if (!seen.insert(label).second) {
      findings.error("DUPLICATE_LABEL_NAME", place, fmt::format("Duplicate Label name: {}", label));
    }
  }
}

}  // namespace

const Rule labels_rule = {.stage = Stage::names, .whole = check};

}  // namespace stepwell::asl::validation
