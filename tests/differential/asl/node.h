#pragma once
// JSON that can be changed: what definitions are generated as and shrunk in. Numbers are kept as they are written.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::differential {

struct Node {
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

  Kind kind = Kind::null;
  bool truth = false;             // boolean
  std::string text;               // number, string
  std::vector<Node> items;        // of an array; the values of an object
  std::vector<std::string> keys;  // of an object, one for each item

  static Node boolean(bool value);
  static Node number(std::string lexeme);
  static Node number(std::int64_t value);
  static Node string(std::string text);
  static Node array(std::vector<Node> items = {});
  static Node object();

  bool is_object() const { return kind == Kind::object; }
  bool is_array() const { return kind == Kind::array; }

  // Of an object: the member of that key, or nullptr.
  const Node* find(std::string_view key) const;
  Node* find(std::string_view key) { return const_cast<Node*>(static_cast<const Node*>(this)->find(key)); }
  // Sets the member, in its place or behind the others.
  Node& set(std::string_view key, Node value);
  Node& set(std::string_view key, std::string_view value) { return set(key, string(std::string(value))); }
  Node& set(std::string_view key, const char* value) { return set(key, std::string_view(value)); }
  void erase(std::string_view key);
  void erase_at(std::size_t index);
};

std::string print(const Node& node);
// `text` must be JSON.
Node parse(std::string_view text);

}  // namespace stepwell::differential
