#pragma once
// The filter patterns of CloudWatch Logs: which messages a search is for.
//
//   (empty)                           every message
//   ERROR timeout                     all the terms, anywhere; case matters
//   "two words" ?a ?b -c              a phrase; at least one of the optional terms; none of the excluded ones
//   { $.user.id = 7 && $.tags[0] = "a*" }   a JSON message whose members are so
//   [ip, user, ..., status = 4*, size > 10]  a message of parts between spaces
//   %regex%                           wherever a term or a value may stand
//
// Source: AWS's documentation, "Filter pattern syntax for metric filters, subscription filters, filter log events".

#include "base/error.h"

#include <memory>
#include <string_view>

namespace stepwell::logs {

class Condition;

class FilterPattern {
 public:
  // Error: InvalidParameterException that says what is wrong.
  static Result<FilterPattern> compile(std::string_view text);
  FilterPattern(FilterPattern&&) noexcept;
  ~FilterPattern();

  bool matches(std::string_view message) const;

 private:
  explicit FilterPattern(std::unique_ptr<Condition> condition);
  std::unique_ptr<Condition> condition_;  // nullptr: every message
};

}  // namespace stepwell::logs
