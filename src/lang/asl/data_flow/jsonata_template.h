#pragma once
// JSON in which any string may be an expression, at any depth. Parts without one are constants: every value made from
// the template shares them.

#include "lang/asl/data_flow/jsonata_expression.h"

#include <optional>
#include <vector>

namespace stepwell::asl {

class JsonataTemplate {
 public:
  // `location` of the field in the state: "Output". `definition` must outlive the template. Error "InvalidExpression".
  static Result<JsonataTemplate> compile(CompileContext context, const json::Value& definition, std::string location);

  Evaluated<json::Value> evaluate(const JsonataScope& scope) const { return evaluate(root_, scope); }
  // Where there is nothing to evaluate.
  const json::Value* constant() const { return root_.is_constant() ? &root_.constant : nullptr; }
  // Where the whole is one expression.
  const JsonataExpression* expression() const { return root_.expression ? &*root_.expression : nullptr; }

 private:
  struct Node {
    json::Value constant;  // without `expression` and `children`
    std::optional<JsonataExpression> expression;
    std::vector<Node> children;
    std::vector<std::string_view> keys;  // of an object, one for each child

    bool is_constant() const { return !expression && children.empty(); }
  };

  static Result<Node> compile_node(CompileContext context, const json::Value& definition, std::string location);
  static Evaluated<json::Value> evaluate(const Node& node, const JsonataScope& scope);

  Node root_;
};

}  // namespace stepwell::asl
