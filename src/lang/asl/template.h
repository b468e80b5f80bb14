#pragma once
// Payload templates of the JSONPath query language (spec §1.4): JSON in which a key that ends in ".$" names an
// expression, at any depth. Parts without such a key are constants: every value made from the template shares them.
//
// AWS makes an object from a template by copying it, taking the ".$" keys out into a hash map and putting their values
// back in the order of that map; the order of keys is kept here, so that payloads and their texts come out alike.

#include "lang/asl/expression.h"

#include <memory>
#include <vector>

namespace stepwell::asl {

class Template {
 public:
  // Error "InvalidExpression". `definition` must outlive the template.
  static Result<Template> compile(const json::Value& definition);

  Evaluated<json::Value> evaluate(Activation& activation, const json::Value& data) const;
  // The names of the variables that are read, added to `names`; the views live as long as this does.
  void add_variables(std::vector<std::string_view>& names) const { add_variables(root_, names); }
  // Whether there is nothing to evaluate.
  bool is_constant() const { return root_.kind == Node::Kind::constant; }

 private:
  struct Member;
  struct Node {
    enum class Kind : std::uint8_t { constant, expression, array, object };
    Kind kind = Kind::constant;
    json::Value constant;
    std::unique_ptr<Expression> expression;
    std::vector<Node> elements;
    std::vector<Member> members;
  };
  struct Member {
    std::string_view key;    // as in the value: without ".$"
    std::string_view field;  // as in the definition
    Node node;
  };

  static void add_variables(const Node& node, std::vector<std::string_view>& names);
  static Result<Node> compile_node(const json::Value& definition);
  static Result<Node> compile_array(const json::Value& definition);
  static Result<Node> compile_object(const json::Value& definition);
  static Result<Member> compile_member(const json::Member& definition);
  static Evaluated<json::Value> evaluate_node(const Node& node, std::string_view field, Activation& activation,
                                              const json::Value& data);
  static Evaluated<json::Value> evaluate_array(const Node& node, Activation& activation, const json::Value& data);
  static Evaluated<json::Value> evaluate_object(const Node& node, Activation& activation, const json::Value& data);

  Node root_;
};

// Whether a key of a template or of Assign names an expression.
constexpr bool is_dynamic_key(std::string_view key) { return key.ends_with(".$"); }
constexpr std::string_view without_dynamic_mark(std::string_view key) { return key.substr(0, key.size() - 2); }

}  // namespace stepwell::asl
