#include "services/logs/filter/pattern.h"

#include "services/logs/filter/condition.h"

namespace stepwell::logs {

FilterPattern::FilterPattern(std::unique_ptr<Condition> condition) : condition_(std::move(condition)) {}
FilterPattern::FilterPattern(FilterPattern&&) noexcept = default;
FilterPattern::~FilterPattern() = default;

Result<FilterPattern> FilterPattern::compile(std::string_view text) {
  Scanner scanner(text);
  scanner.skip_spaces();
  if (scanner.at_end()) return FilterPattern(nullptr);
  ConditionPtr condition = scanner.peek() == '{'   ? compile_members(scanner)
                           : scanner.peek() == '[' ? compile_columns(scanner)
                                                   : compile_terms(scanner);
  scanner.skip_spaces();
  if (!scanner.at_end()) scanner.fail("the end");
  if (scanner.failed()) return fail(*scanner.error());
  return FilterPattern(std::move(condition));
}

bool FilterPattern::matches(std::string_view message) const {
  return condition_ == nullptr || condition_->holds(message);
}

}  // namespace stepwell::logs
