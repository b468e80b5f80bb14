#include "lang/asl/data_flow/jsonata_template.h"

#include <fmt/format.h>

namespace stepwell::asl {

Result<JsonataTemplate> JsonataTemplate::compile(CompileContext context, const json::Value& definition,
                                                 std::string location) {
  JsonataTemplate result;
  TRY_ASSIGN(result.root_, compile_node(context, definition, std::move(location)));
  return result;
}

Result<JsonataTemplate::Node> JsonataTemplate::compile_node(CompileContext context, const json::Value& definition,
                                                            std::string location) {
  Node node;
  node.constant = definition;
  if (definition.is_string()) {
    const auto expression = jsonata_expression_in(definition.as_string());
    if (!expression) return node;
    TRY_ASSIGN(node.expression, JsonataExpression::compile(context, *expression, std::move(location)));
    return node;
  }
  if (definition.is_array()) {
    for (std::size_t i = 0; i < definition.size(); ++i) {
      TRY_ASSIGN(auto child, compile_node(context, definition.elements()[i], fmt::format("{}[{}]", location, i)));
      node.children.push_back(std::move(child));
    }
  } else if (definition.is_object()) {
    for (const json::Member& member : definition.members()) {
      TRY_ASSIGN(auto child, compile_node(context, member.value, fmt::format("{}/{}", location, member.key)));
      node.children.push_back(std::move(child));
      node.keys.push_back(member.key);
    }
  }
  if (std::ranges::all_of(node.children, &Node::is_constant)) {
    node.children.clear();
    node.keys.clear();
  }
  return node;
}

Evaluated<json::Value> JsonataTemplate::evaluate(const Node& node, const JsonataScope& scope) {
  if (node.is_constant()) return node.constant;
  if (node.expression) return node.expression->evaluate(scope);
  json::Arena& arena = scope.activation().arena();
  if (node.keys.empty()) {
    const auto elements = arena.make_array<json::Value>(node.children.size());
    for (std::size_t i = 0; i < elements.size(); ++i) {
      TRY_ASSIGN(elements[i], evaluate(node.children[i], scope));
    }
    return json::Value::array(elements);
  }
  const auto members = arena.make_array<json::Member>(node.children.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    TRY_ASSIGN(const json::Value value, evaluate(node.children[i], scope));
    members[i] = {.key = node.keys[i], .value = value};
  }
  return json::Value::object(arena, members);
}

}  // namespace stepwell::asl
