#pragma once
// An expression as it is written: what the parser makes and the compiler reads.

#include <cstdint>
#include <span>
#include <string_view>

namespace stepwell::jsonata {

struct Tree;

struct TreePair {
  Tree* key;
  Tree* value;
};

enum class TreeKind : std::uint8_t {
  string,   // text
  number,   // number
  boolean,  // number: 0 or 1
  null,
  name,      // text
  variable,  // text without '$': "" is the context, "$" the root
  regex,     // text, flags
  wildcard,
  descendants,
  parent,
  placeholder,  // '?' among arguments
  negate,       // left
  array,        // items
  object,       // pairs
  block,        // items
  binary,       // text: the operator; left, right
  path,         // items: the steps
  predicate,    // left, right; right is nullptr for [], which is taken up as keep_array of what is left of it
  group,        // left, pairs
  order,        // left, items, descending
  bind,         // text: the variable; right
  focus,        // left, text: the variable
  index,        // left, text: the variable
  apply,        // left, right
  condition,    // items: condition, then, and perhaps otherwise
  call,         // left, items
  partial,      // left, items, some of them placeholders
  lambda,       // items: the parameters; left: the body; text: the signature
  transform,    // items: pattern, update, and perhaps delete
  range,        // left, right
  end,          // where an expression should be and the text ends
};

struct Tree {
  TreeKind kind;
  bool keep_array = false;     // followed by []
  bool has_lambda = false;     // a function is made here or below
  bool has_rows = false;       // a parent, or a variable bound to a step, here or below
  std::uint32_t position = 0;  // byte behind the token
  std::uint32_t signature_position = 0;
  std::uint32_t height = 1;  // levels below, this one included
  double number = 0;
  std::string_view text;
  std::string_view flags;  // of a regex
  Tree* left = nullptr;
  Tree* right = nullptr;
  std::span<Tree*> items;
  std::span<TreePair> pairs;
  std::span<bool> descending;  // one for each item
};

}  // namespace stepwell::jsonata
