// The machine, its branches and its item processors: what each takes, and that there are states in it.
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/shape.h"

namespace stepwell::asl::validation {
namespace {

constexpr std::array<std::string_view, 1> versions = {"1.0"};
constexpr std::array<std::string_view, 2> languages = {"JSONPath", "JSONata"};
constexpr double max_seconds = 99'999'999;

constexpr FieldShape states_field = {
    .name = "States", .value = {.type = ValueType::object, .non_empty = true}, .required = true};
constexpr FieldShape start_field = {.name = "StartAt", .value = {.type = ValueType::string}, .required = true};
constexpr FieldShape comment_field = {.name = "Comment", .value = {.type = ValueType::string}};

constexpr std::array machine_fields = {
    states_field,
    start_field,
    comment_field,
    FieldShape{.name = "Version", .value = {.type = ValueType::string, .one_of = versions}},
    FieldShape{.name = "TimeoutSeconds", .value = {.type = ValueType::integer, .minimum = 0, .maximum = max_seconds}},
    FieldShape{.name = "QueryLanguage", .value = {.type = ValueType::string, .one_of = languages}},
};
constexpr std::array branch_fields = {states_field, start_field, comment_field};
constexpr std::array processor_fields = {
    states_field,
    start_field,
    comment_field,
    FieldShape{.name = "ProcessorConfig"},
};

std::span<const FieldShape> fields_of(BlockNode::Kind kind) {
  switch (kind) {
    case BlockNode::Kind::branch: return branch_fields;
    case BlockNode::Kind::processor: return processor_fields;
    case BlockNode::Kind::machine: break;
  }
  return machine_fields;
}

void check(const BlockNode& block, const Document&, Findings& findings) {
  if (block.depth > Document::max_depth) {
    findings.error("TOO_DEEPLY_NESTED", block.place, "The states are too deeply nested.");
    return;
  }
  check_object(fields_of(block.kind), block.definition, block.place, QueryLanguage::jsonpath, findings);
  const json::Value* states = block.definition.find("States");
  if (states == nullptr || !states->is_object()) return;
  for (const json::Member& member : states->members()) {
    check_value({.type = ValueType::object}, member.value, block.place / "States" / member.key, QueryLanguage::jsonpath,
                findings);
  }
}

}  // namespace

const Rule block_form_rule = {.stage = Stage::identity, .block = check};

}  // namespace stepwell::asl::validation
