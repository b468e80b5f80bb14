// $formatNumber, $formatInteger, $parseInteger.
#include "lang/jsonata/functions/builtin.h"
#include "lang/jsonata/picture/integer_picture.h"
#include "lang/jsonata/picture/number_picture.h"

namespace stepwell::jsonata::library {

Value picture_format_number(Invocation& call) {
  if (call[0].is_undefined() || !call[1].is_string()) return {};
  NumberSymbols symbols;
  for (std::size_t i = 0; call[2].is_object() && i < call[2].size(); ++i) {
    const Member option = call[2].member(i);
    if (option.value.is_string()) symbols.set(option.key.as_string(), option.value.as_string());
  }
  if (!call.evaluator().spend(1 + call[1].as_string().size())) return call.fail(Code::U1002);
  const auto text = format_number(call[0].as_number(), call[1].as_string(), symbols);
  return text ? call.memory().string(*text) : call.fail(text.error().code);
}

Value picture_format_integer(Invocation& call) {
  if (call[0].is_undefined() || !call[1].is_string()) return {};
  if (!call.evaluator().spend(1 + call[1].as_string().size())) return call.fail(Code::U1002);
  const auto text = format_integer(call[0].as_number(), call[1].as_string());
  return text ? call.memory().string(*text) : call.fail(text.error().code, {text.error().shown});
}

Value picture_parse_integer(Invocation& call) {
  if (call[0].is_undefined() || !call[1].is_string()) return {};
  if (!call.evaluator().spend(1 + call[0].as_string().size() + call[1].as_string().size()))
    return call.fail(Code::U1002);
  const auto number = parse_integer(call[0].as_string(), call[1].as_string());
  return number ? Value::number(*number) : call.fail(number.error().code, {number.error().shown});
}

}  // namespace stepwell::jsonata::library
