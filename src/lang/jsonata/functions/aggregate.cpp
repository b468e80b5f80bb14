// $sum, $count, $max, $min, $average: numbers out of arrays.
#include "lang/jsonata/functions/builtin.h"

namespace stepwell::jsonata::library {
namespace {

// The array, when there is one that is not empty.
bool has_numbers(const Value& array) { return array.is_array() && array.size() > 0; }

double total(const Value& array) {
  double sum = 0;
  for (std::size_t i = 0; i < array.size(); ++i) sum += array.element(i).as_number();
  return sum;
}

template <typename Choose>
Value choose(const Value& array, const Choose& is_better) {
  if (!has_numbers(array)) return {};
  double best = array.element(0).as_number();
  for (std::size_t i = 1; i < array.size(); ++i) {
    const double number = array.element(i).as_number();
    if (is_better(number, best)) best = number;
  }
  return Value::number(best);
}

bool spend(Invocation& call) { return call.evaluator().spend(call[0].is_array() ? call[0].size() / 4 : 0); }

}  // namespace

Value aggregate_sum(Invocation& call) {
  if (call[0].is_undefined()) return {};
  if (!spend(call)) return call.fail(Code::U1002);
  return Value::number(total(call[0]));
}

Value aggregate_count(Invocation& call) {
  return Value::number(call[0].is_undefined() ? 0 : static_cast<double>(call[0].size()));
}

Value aggregate_max(Invocation& call) {
  if (!spend(call)) return call.fail(Code::U1002);
  return choose(call[0], [](double a, double b) { return a > b; });
}

Value aggregate_min(Invocation& call) {
  if (!spend(call)) return call.fail(Code::U1002);
  return choose(call[0], [](double a, double b) { return a < b; });
}

Value aggregate_average(Invocation& call) {
  if (!spend(call)) return call.fail(Code::U1002);
  if (!has_numbers(call[0])) return {};
  return Value::number(total(call[0]) / static_cast<double>(call[0].size()));
}

}  // namespace stepwell::jsonata::library
