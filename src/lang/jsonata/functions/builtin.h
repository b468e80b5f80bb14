#pragma once
// The functions of the library. One is a function here and a line in functions.def.

#include "lang/jsonata/evaluate/evaluator.h"
#include "lang/jsonata/expression.h"
#include "lang/jsonata/program/signature.h"
#include "lang/jsonata/value/value.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace stepwell::jsonata {

// One call. Arguments that are not given are undefined.
class Invocation {
 public:
  Invocation(Evaluator& evaluator, std::span<const Value> arguments, const Value& context, const CallSite& site)
      : evaluator_(evaluator), arguments_(arguments), context_(context), site_(site) {}

  Evaluator& evaluator() { return evaluator_; }
  Memory& memory() { return evaluator_.memory(); }
  const CallSite& site() const { return site_; }
  const Value& context() const { return context_; }

  std::size_t count() const { return arguments_.size(); }
  Value operator[](std::size_t number) const { return number < arguments_.size() ? arguments_[number] : Value(); }

  Value fail(Code code, std::initializer_list<std::string_view> arguments = {}) {
    return evaluator_.fail(code, site_.position, arguments);
  }
  // A value as a condition; nullopt: failed.
  std::optional<bool> decide(const Value& value) { return evaluator_.decide(value, site_.position); }
  // Calls a function that was given, with as many of the arguments as it makes use of, but one at least.
  Value call(const Value& function, std::span<const Value> arguments);

 private:
  Evaluator& evaluator_;
  std::span<const Value> arguments_;
  const Value& context_;
  const CallSite& site_;
};

using BuiltinCode = Value (*)(Invocation& call);

enum class Dialects : std::uint8_t { both, standard, aws };

struct Builtin {
  std::string_view name;
  std::string_view signature_text;
  std::uint8_t arity;  // how many arguments it makes use of when another function calls it
  Dialects dialects;
  BuiltinCode code;

  const Signature& signature() const;
};

// nullptr: there is none of that name.
const Builtin* find_builtin(std::string_view name, Dialect dialect);

#define FUNCTION(name, symbol, signature, arity, dialects) Value symbol(Invocation& call);
namespace library {
#include "lang/jsonata/functions/functions.def"
}
#undef FUNCTION

}  // namespace stepwell::jsonata
