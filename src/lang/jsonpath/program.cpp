#include "lang/jsonpath/program.h"

#include <fmt/format.h>

namespace stepwell::jsonpath {
namespace {

std::string slice_to_text(const Step& step) {
  std::string text = "[";
  if (step.from) text += fmt::to_string(*step.from);
  text += ':';
  if (step.to) text += fmt::to_string(*step.to);
  return text + "]";
}

}  // namespace

std::string to_text(const Program& program, const Step& step) {
  switch (step.kind) {
    case StepKind::name: return fmt::format("['{}']", step.name);
    case StepKind::names: return fmt::format("['{}']", fmt::join(program.names_of(step), "', '"));
    case StepKind::index: return fmt::format("[{}]", step.index);
    case StepKind::from_end: return fmt::format("[@.size(){}]", step.index);
    case StepKind::indexes: return fmt::format("[{}]", fmt::join(program.indexes_of(step), ","));
    case StepKind::slice: return slice_to_text(step);
    case StepKind::wildcard: return "[*]";
    case StepKind::scan: return "..";
    case StepKind::filter: return "[?]";
  }
  return {};
}

}  // namespace stepwell::jsonpath
