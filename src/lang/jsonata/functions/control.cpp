// $error, $assert, $eval.
#include "lang/jsonata/functions/builtin.h"

namespace stepwell::jsonata::library {

Value control_error(Invocation& call) {
  return call.fail(Code::D3137, {call[0].is_string() ? call[0].as_string() : "$error() function evaluated"});
}

Value control_assert(Invocation& call) {
  if (call[0].is_boolean() && call[0].as_boolean()) return {};
  return call.fail(Code::D3141, {call[1].is_string() ? call[1].as_string() : "$assert() statement failed"});
}

Value control_eval(Invocation& call) {
  if (call[0].is_undefined()) return {};
  const Value context = call[1].is_undefined() ? call.context() : call[1];
  return call.evaluator().evaluate_text(call[0].as_string(), context, call.site());
}

}  // namespace stepwell::jsonata::library
