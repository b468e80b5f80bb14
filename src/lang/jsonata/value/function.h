#pragma once
// Functions as values.

#include "lang/jsonata/program/node.h"
#include "lang/jsonata/value/value.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace stepwell::jsonata {

struct Builtin;
class Pattern;

// The variables of a function that is being evaluated, or of a part of one.
struct Frame {
  Frame* parent = nullptr;
  Value* slots = nullptr;
  std::uint32_t size = 0;
};

struct Function {
  enum class Kind : std::uint8_t { lambda, builtin, partial, composition, matcher, next_match, transform };
  Kind kind;
};

struct Closure : Function {
  const Lambda* lambda;
  Frame* frame;  // where it was made
  Value context;
};

struct BuiltinFunction : Function {
  const Builtin* builtin;
};

// Arguments that are unbound are to be given.
struct PartialFunction : Function {
  const Function* function;
  std::span<const Value> arguments;
};

struct Composition : Function {
  const Function* first;
  const Function* second;
};

struct MatcherFunction : Function {
  const Pattern* pattern;
};

// Finds what comes behind a match.
struct NextMatch : Function {
  const Pattern* pattern;
  Value text;
  std::size_t offset;
};

struct TransformFunction : Function {
  const Transform* transform;
  Frame* frame;
};

// How many arguments it makes use of.
std::size_t arity(const Function& function);

}  // namespace stepwell::jsonata
