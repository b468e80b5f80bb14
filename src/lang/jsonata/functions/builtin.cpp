#include "lang/jsonata/functions/builtin.h"

#include <algorithm>
#include <iterator>

namespace stepwell::jsonata {
namespace {

constexpr Builtin kBuiltins[] = {
#define FUNCTION(name, symbol, signature, arity, dialects) \
  {#name, signature, arity, Dialects::dialects, library::symbol},
#include "lang/jsonata/functions/functions.def"
#undef FUNCTION
};

}  // namespace

const Builtin* find_builtin(std::string_view name, Dialect dialect) {
  const auto* const found = std::ranges::lower_bound(kBuiltins, name, {}, &Builtin::name);
  if (found == std::end(kBuiltins) || found->name != name) return nullptr;
  const Dialects other = dialect == Dialect::aws ? Dialects::standard : Dialects::aws;
  return found->dialects == other ? nullptr : found;
}

const Signature& Builtin::signature() const {
  static const std::vector<Signature> kSignatures = [] {
    std::vector<Signature> all;
    for (const Builtin& builtin : kBuiltins) all.push_back(*Signature::parse(builtin.signature_text));
    return all;
  }();
  return kSignatures[static_cast<std::size_t>(this - kBuiltins)];
}

Value Invocation::call(const Value& function, std::span<const Value> arguments) {
  const std::size_t used = std::clamp<std::size_t>(arity(function.as_function()), 1, arguments.size());
  return evaluator_.apply(function.as_function(), arguments.first(used), {}, site_);
}

}  // namespace stepwell::jsonata
