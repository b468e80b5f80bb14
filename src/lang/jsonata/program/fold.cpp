// What is known already when an expression is compiled: arithmetic on numbers, texts put together, arrays and objects
// of constants. What would fail is left for the evaluation.
#include "lang/jsonata/program/compiler.h"
#include "lang/jsonata/value/object.h"

#include <cmath>

namespace stepwell::jsonata {
namespace {

const Constant* constant_of(const Node* node) {
  return node->kind == NodeKind::constant ? static_cast<const Constant*>(node) : nullptr;
}

std::optional<double> calculate(Operation operation, double a, double b) {
  switch (operation) {
    case Operation::add: return a + b;
    case Operation::subtract: return a - b;
    case Operation::multiply: return a * b;
    case Operation::divide: return a / b;
    case Operation::modulo: return std::fmod(a, b);
    default: return std::nullopt;
  }
}

}  // namespace

Node* Compiler::folded(const Node& node, const Value& value, std::uint32_t height) {
  auto* const made = program_.arena.make<Constant>();
  made->kind = NodeKind::constant;
  made->position = node.position;
  made->keeps_array = node.keeps_array;
  made->value = value;
  made->height = height + 1;
  return made;
}

Node* Compiler::fold(Node* node) {
  switch (node->kind) {
    case NodeKind::negate: {
      const Constant* const operand = constant_of(static_cast<const Unary*>(node)->operand);
      if (operand == nullptr || !operand->value.is_number()) return node;
      // A negative literal is a literal.
      return folded(*node, Value::number(-operand->value.as_number()), operand->height - 1);
    }
    case NodeKind::arithmetic: return fold_arithmetic(static_cast<Binary*>(node));
    case NodeKind::concatenation: return fold_concatenation(static_cast<Binary*>(node));
    case NodeKind::array: return fold_array(static_cast<Array*>(node));
    case NodeKind::object: return fold_object(static_cast<ObjectConstructor*>(node));
    default: return node;
  }
}

Node* Compiler::fold_arithmetic(Binary* node) {
  const Constant* const left = constant_of(node->left);
  const Constant* const right = constant_of(node->right);
  if (left == nullptr || right == nullptr || !left->value.is_number() || !right->value.is_number()) return node;
  const auto result = calculate(node->operation, left->value.as_number(), right->value.as_number());
  if (!result || !std::isfinite(*result)) return node;
  return folded(*node, Value::number(*result), std::max(left->height, right->height));
}

Node* Compiler::fold_concatenation(Binary* node) {
  const Constant* const left = constant_of(node->left);
  const Constant* const right = constant_of(node->right);
  if (left == nullptr || right == nullptr || !left->value.is_string() || !right->value.is_string()) return node;
  const Value text = memory_.concatenated(left->value.as_string(), right->value.as_string());
  return folded(*node, text, std::max(left->height, right->height));
}

Node* Compiler::fold_array(Array* node) {
  std::vector<Value> elements;
  std::uint32_t height = 0;
  for (const Item& item : node->items) {
    const Constant* const constant = constant_of(item.node);
    // A constant array is an item only where it is written as a constructor; there is no other way to write it.
    if (constant == nullptr) return node;
    elements.push_back(constant->value.is_array() ? constant->value.as_plain() : constant->value);
    height = std::max(height, constant->height);
  }
  return folded(*node, memory_.array(elements), height);
}

Node* Compiler::fold_object(ObjectConstructor* node) {
  if (!node->group.has_plain_keys) return node;
  std::uint32_t height = 0;
  Object* const object = memory_.object(node->group.pairs.size());
  for (const Pair& pair : node->group.pairs) {
    const Constant* const value = constant_of(pair.value);
    if (value == nullptr) return node;
    object->set(memory_, constant_of(pair.key)->value, value->value);
    height = std::max(height, value->height);
  }
  return folded(*node, Value::object(object), height);
}

}  // namespace stepwell::jsonata
