#pragma once
// What the operators of conditions compare, one function each: does a value of the request fit a value of the policy.
// What is no number, date or address fits nothing.

#include "base/budget.h"
#include "lang/policy/context.h"
#include "lang/policy/pattern.h"

#include <string_view>

namespace stepwell::policy {

struct Comparison {
  std::string_view actual;  // of the request
  const Pattern& wanted;    // of the policy
  const Context& context;
  Budget& budget;
};
using Test = bool (*)(const Comparison&);

bool address_in(const Comparison& comparison);
bool arn_like(const Comparison& comparison);
bool date_equals(const Comparison& comparison);
bool date_greater(const Comparison& comparison);
bool date_greater_or_equal(const Comparison& comparison);
bool date_less(const Comparison& comparison);
bool date_less_or_equal(const Comparison& comparison);
bool number_equals(const Comparison& comparison);
bool number_greater(const Comparison& comparison);
bool number_greater_or_equal(const Comparison& comparison);
bool number_less(const Comparison& comparison);
bool number_less_or_equal(const Comparison& comparison);
bool same_boolean(const Comparison& comparison);
bool same_text(const Comparison& comparison);
bool text_equals(const Comparison& comparison);
bool text_equals_ignoring_case(const Comparison& comparison);
bool text_like(const Comparison& comparison);

}  // namespace stepwell::policy
