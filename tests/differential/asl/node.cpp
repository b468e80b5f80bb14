#include "node.h"

#include "base/check.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

namespace stepwell::differential {

namespace {

void print(std::string& out, const Node& node) {
  switch (node.kind) {
    case Node::Kind::null: out += "null"; return;
    case Node::Kind::boolean: out += node.truth ? "true" : "false"; return;
    case Node::Kind::number: out += node.text; return;
    case Node::Kind::string: json::print_string(out, node.text); return;
    case Node::Kind::array:
    case Node::Kind::object: break;
  }
  out += node.is_object() ? '{' : '[';
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (i > 0) out += ',';
    if (node.is_object()) {
      json::print_string(out, node.keys[i]);
      out += ':';
    }
    print(out, node.items[i]);
  }
  out += node.is_object() ? '}' : ']';
}

Node from(const json::Value& value) {
  switch (value.kind()) {
    case json::Kind::null: return {};
    case json::Kind::boolean: return Node::boolean(value.as_boolean());
    case json::Kind::number: return Node::number(std::string(value.lexeme()));
    case json::Kind::string: return Node::string(std::string(value.as_string()));
    case json::Kind::array: {
      Node node = Node::array();
      for (const json::Value& element : value.elements()) node.items.push_back(from(element));
      return node;
    }
    case json::Kind::object: {
      Node node = Node::object();
      for (const json::Member& member : value.members()) node.set(member.key, from(member.value));
      return node;
    }
  }
  return {};
}

Node of_kind(Node::Kind kind) {
  Node node;
  node.kind = kind;
  return node;
}

}  // namespace

Node Node::boolean(bool value) {
  Node node = of_kind(Kind::boolean);
  node.truth = value;
  return node;
}
Node Node::number(std::string lexeme) {
  Node node = of_kind(Kind::number);
  node.text = std::move(lexeme);
  return node;
}
Node Node::number(std::int64_t value) { return number(std::to_string(value)); }
Node Node::string(std::string text) {
  Node node = of_kind(Kind::string);
  node.text = std::move(text);
  return node;
}
Node Node::array(std::vector<Node> items) {
  Node node = of_kind(Kind::array);
  node.items = std::move(items);
  return node;
}
Node Node::object() { return of_kind(Kind::object); }

const Node* Node::find(std::string_view key) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] == key) return &items[i];
  }
  return nullptr;
}

Node& Node::set(std::string_view key, Node value) {
  if (Node* there = find(key)) {
    *there = std::move(value);
  } else {
    keys.emplace_back(key);
    items.push_back(std::move(value));
  }
  return *this;
}

void Node::erase(std::string_view key) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] == key) return erase_at(i);
  }
}

void Node::erase_at(std::size_t index) {
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
  if (is_object()) keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(index));
}

std::string print(const Node& node) {
  std::string out;
  print(out, node);
  return out;
}

Node parse(std::string_view text) {
  json::Arena arena;
  const auto value = json::parse(arena, text);
  CHECK(value.has_value());
  return from(*value);
}

}  // namespace stepwell::differential
