#include "lang/asl/template.h"

#include "lang/asl/hash_order.h"

#include <fmt/format.h>

namespace stepwell::asl {

Result<Template> Template::compile(const json::Value& definition) {
  Template result;
  TRY_ASSIGN(result.root_, compile_node(definition));
  return result;
}

Result<Template::Node> Template::compile_node(const json::Value& definition) {
  if (definition.is_object()) return compile_object(definition);
  if (definition.is_array()) return compile_array(definition);
  Node node;
  node.constant = definition;
  return node;
}

Result<Template::Node> Template::compile_array(const json::Value& definition) {
  Node node;
  bool constant = true;
  for (const json::Value& element : definition.elements()) {
    TRY_ASSIGN(auto child, compile_node(element));
    constant = constant && child.kind == Node::Kind::constant;
    node.elements.push_back(std::move(child));
  }
  if (!constant) {
    node.kind = Node::Kind::array;
    return node;
  }
  node.elements.clear();
  node.constant = definition;
  return node;
}

Result<Template::Node> Template::compile_object(const json::Value& definition) {
  Node node;
  bool constant = true;
  std::vector<Member> dynamic;
  for (const json::Member& member : definition.members()) {
    TRY_ASSIGN(auto child, compile_member(member));
    constant = constant && child.node.kind == Node::Kind::constant;
    (child.node.kind == Node::Kind::expression ? dynamic : node.members).push_back(std::move(child));
  }
  if (constant) {
    node.members.clear();
    node.constant = definition;
    return node;
  }
  node.kind = Node::Kind::object;
  // Keys of one bucket keep their order.
  std::multimap<std::uint32_t, Member> buckets;
  for (Member& member : dynamic) {
    const auto bucket = hash_map_bucket(member.key, dynamic.size());
    buckets.emplace(bucket, std::move(member));
  }
  for (auto& [bucket, member] : buckets) {
    auto same = std::ranges::find(node.members, member.key, &Member::key);
    if (same == node.members.end()) {
      node.members.push_back(std::move(member));
    } else {
      *same = std::move(member);
    }
  }
  return node;
}

Result<Template::Member> Template::compile_member(const json::Member& definition) {
  Member member{.key = definition.key, .field = definition.key, .node = {}};
  if (!is_dynamic_key(definition.key)) {
    TRY_ASSIGN(member.node, compile_node(definition.value));
    return member;
  }
  if (!definition.value.is_string()) {
    return fail(invalid_expression(fmt::format("the value of '{}' must be a string", definition.key)));
  }
  member.key = without_dynamic_mark(definition.key);
  member.node.kind = Node::Kind::expression;
  TRY_ASSIGN(member.node.expression, Expression::compile(definition.value.as_string()));
  return member;
}

void Template::add_variables(const Node& node, std::vector<std::string_view>& names) {
  if (node.expression) node.expression->add_variables(names);
  for (const Node& element : node.elements) add_variables(element, names);
  for (const Member& member : node.members) add_variables(member.node, names);
}

Evaluated<json::Value> Template::evaluate(Activation& activation, const json::Value& data) const {
  return evaluate_node(root_, {}, activation, data);
}

Evaluated<json::Value> Template::evaluate_node(const Node& node, std::string_view field, Activation& activation,
                                               const json::Value& data) {
  switch (node.kind) {
    case Node::Kind::constant: return node.constant;
    case Node::Kind::expression: return evaluate_field(*node.expression, activation, data, field);
    case Node::Kind::array: return evaluate_array(node, activation, data);
    case Node::Kind::object: return evaluate_object(node, activation, data);
  }
  std::unreachable();
}

Evaluated<json::Value> Template::evaluate_array(const Node& node, Activation& activation, const json::Value& data) {
  const auto elements = activation.arena().make_array<json::Value>(node.elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    auto value = evaluate_node(node.elements[i], {}, activation, data);
    if (!value) return value;
    elements[i] = *value;
  }
  return json::Value::array(elements);
}

Evaluated<json::Value> Template::evaluate_object(const Node& node, Activation& activation, const json::Value& data) {
  const auto members = activation.arena().make_array<json::Member>(node.members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Member& member = node.members[i];
    auto value = evaluate_node(member.node, member.field, activation, data);
    if (!value) return value;
    members[i] = {.key = member.key, .value = *value};
  }
  return json::Value::object(activation.arena(), members);
}

}  // namespace stepwell::asl
