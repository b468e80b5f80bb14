#pragma once
// An expression as it is evaluated: a tree of nodes whose variables are places in frames, whose constants are values
// and whose paths are lists of steps. Nodes live in the program's arena and are never changed once it is compiled.

#include "lang/jsonata/value/value.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace stepwell::jsonata {

class Pattern;
struct Builtin;
class Signature;
class Scope;
struct FrameLayout;

enum class NodeKind : std::uint8_t {
  constant,
  context,  // $
  root,     // $$
  local,    // a variable of the expression
  global,   // a variable from the outside, or a function of the library
  missing,  // a parent that is out of reach: undefined
  name,
  wildcard,
  descendants,
  matcher,  // a regular expression
  negate,
  arithmetic,
  comparison,  // < <= > >=
  equality,    // = !=
  both,        // and
  either,      // or
  membership,  // in
  concatenation,
  range,
  array,
  object,
  block,
  condition,
  bind,
  path,
  filter,  // predicates and groups of what is no path
  sort,    // a step only
  call,
  partial,
  lambda,
  apply,
  transform,
};

enum class Operation : std::uint8_t {
  none,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  unequal
};

struct Node {
  NodeKind kind;
  Operation operation = Operation::none;
  bool keeps_array = false;  // [] follows: a sequence of one stays an array
  bool is_tail = false;      // its value is the value of the function it stands in, as it is: a call, or what holds one
  std::uint32_t position = 0;  // in the text, for errors
};

struct Constant : Node {
  Value value;
  std::uint32_t height = 1;  // of what it was folded from: counts against the bound of depth
};

struct Unary : Node {
  const Node* operand;
};

struct Binary : Node {
  const Node* left;
  const Node* right;
  std::string_view token;  // the operator, for messages
};

struct Name : Node {
  std::string_view name;
};

// Places are numbered from the frame that is current where the node stands.
struct Local : Node {
  std::uint32_t hops = 0;
  std::uint32_t slot = 0;
  const Node* otherwise =
      nullptr;  // what the name means further out, as long as this place is not bound; may be nullptr
};

struct Global : Node {
  std::uint32_t number;  // among the program's globals
};

struct Matcher : Node {
  const Pattern* pattern;
};

struct Bind : Node {
  std::uint32_t hops = 0;
  std::uint32_t slot = 0;
  const Node* value = nullptr;
};

// Variables of a block or a path. They have a frame of their own where a function may hold on to them, otherwise they
// are places in the frame around them, [first, first + count).
struct Variables {
  const FrameLayout* frame = nullptr;  // their own; as large as all that is inside needs
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct Block : Node {
  std::span<const Node*> expressions;
  Variables variables;
};

struct Condition : Node {
  const Node* condition;
  const Node* then;
  const Node* otherwise;  // may be nullptr
};

struct Item {
  const Node* node;
  bool is_array;  // an array constructor: an item, not a list of items
};

struct Array : Node {
  std::span<Item> items;
  bool is_constructed = false;
};

struct Pair {
  const Node* key;
  const Node* value;
};

struct Group {
  std::span<Pair> pairs;
  bool has_plain_keys = false;  // all keys are constant strings, each another one
  std::uint32_t position = 0;
};

struct ObjectConstructor : Node {
  Group group;
};

// What is done with the items of a step, in order.
struct Stage {
  const Node* filter;        // nullptr: numbers the rows
  std::uint32_t column = 0;  // where the number goes
  bool is_free = false;      // the filter looks at nothing of the item
};

inline constexpr std::uint32_t kNoColumn = static_cast<std::uint32_t>(-1);

struct Step {
  const Node* node = nullptr;
  std::span<Stage> stages;
  // Columns of rows: the item itself instead of becoming the context, its number, and the context it was found in.
  std::uint32_t focus = kNoColumn;
  std::uint32_t index = kNoColumn;
  std::uint32_t ancestor = kNoColumn;
  bool begins_rows = false;
  bool is_constructor = false;  // an array constructor that is the first step: evaluated once
};

struct Path : Node {
  std::span<Step> steps;
  const Group* group = nullptr;
  bool is_plain = false;         // names, perhaps behind a variable, and nothing else
  bool is_absolute = false;      // begins with a variable: the context is not walked over
  bool keeps_singleton = false;  // [] follows one of the steps
  bool opens_rows = false;       // the outermost one with these columns
  bool yields_rows = false;      // a step of another path that needs its rows
  Variables variables;           // the columns
};

struct Filter : Node {
  const Node* source;
  std::span<Stage> stages;
  const Group* group = nullptr;
};

struct Sort : Node {
  struct Term {
    const Node* node;
    bool descending;
  };
  std::span<Term> terms;
};

struct Call : Node {
  const Node* procedure;
  std::span<const Node*> arguments;  // nullptr: a placeholder, in a partial application
  std::string_view name;             // as messages name what is called; empty: nothing
  const Node* meant = nullptr;       // of a name without '$': the variable that was perhaps meant
  const Scope* scope = nullptr;      // of a call to $eval: what is in reach
};

struct Lambda : Node {
  const Node* body = nullptr;
  std::uint32_t parameters = 0;  // they are the first places of the frame
  std::uint32_t slots = 0;
  bool is_captured = false;  // functions are made inside: frames live on
  const Signature* signature = nullptr;
};

struct Apply : Node {
  const Node* left;
  const Node* right;
};

struct Transform : Node {
  const Node* pattern = nullptr;
  const Node* update = nullptr;
  const Node* removed = nullptr;  // may be nullptr
  const Node* clone = nullptr;    // the variable $clone
};

}  // namespace stepwell::jsonata
