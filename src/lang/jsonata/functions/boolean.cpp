// $boolean, $not, $exists, $type: what values are.
#include "lang/jsonata/functions/builtin.h"

#include <cmath>

namespace stepwell::jsonata::library {

Value boolean_cast(Invocation& call) {
  if (call[0].is_undefined()) return {};
  const auto holds = call.decide(call[0]);
  return holds ? Value::boolean(*holds) : Value::failure();
}

Value boolean_not(Invocation& call) {
  if (call[0].is_undefined()) return {};
  const auto holds = call.decide(call[0]);
  return holds ? Value::boolean(!*holds) : Value::failure();
}

Value boolean_exists(Invocation& call) { return Value::boolean(!call[0].is_undefined()); }

Value boolean_type(Invocation& call) {
  switch (call[0].type()) {
    case Value::Type::null: return Value::string("null");
    case Value::Type::boolean: return Value::string("boolean");
    case Value::Type::number:
      if (std::isinf(call[0].as_number())) return call.fail(Code::D1001, {"null"});
      return Value::string("number");
    case Value::Type::string: return Value::string("string");
    case Value::Type::array: return Value::string("array");
    case Value::Type::object: return Value::string("object");
    case Value::Type::function: return Value::string("function");
    default: return {};
  }
}

}  // namespace stepwell::jsonata::library
