// Terms anywhere in the message: all of the plain ones, none of -excluded ones, one of the ?optional ones.
#include "services/logs/filter/condition.h"

#include <algorithm>

namespace stepwell::logs {
namespace {

class Terms final : public Condition {
 public:
  bool holds(std::string_view message) const override {
    const auto is_there = [&](const Wanted& term) { return term.is_within(message); };
    return std::ranges::all_of(needed, is_there) && std::ranges::none_of(excluded, is_there) &&
           (optional.empty() || std::ranges::any_of(optional, is_there));
  }

  std::vector<Wanted> needed, excluded, optional;
};

}  // namespace

ConditionPtr compile_terms(Scanner& scanner) {
  auto terms = std::make_unique<Terms>();
  for (scanner.skip_spaces(); !scanner.at_end() && !scanner.failed(); scanner.skip_spaces()) {
    std::vector<Wanted>& kind = scanner.take("-")   ? terms->excluded
                                : scanner.take("?") ? terms->optional
                                                    : terms->needed;
    const char first = scanner.peek();
    if (first == '"')
      kind.push_back(Wanted::text(scanner.quoted('"')));
    else if (first == '%')
      kind.push_back(Wanted::read(scanner, ""));
    else
      kind.push_back(Wanted::text(std::string(scanner.word(""))));
  }
  // Beside terms that are needed, optional ones say nothing.
  if (!terms->needed.empty()) terms->optional.clear();
  return terms;
}

}  // namespace stepwell::logs
