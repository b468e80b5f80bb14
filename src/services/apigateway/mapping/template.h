#pragma once
// Values of parameter mappings (API Gateway: "Transform API requests and responses for HTTP APIs"): one expression
// ($request.header.name), or text with expressions in it (pets/${request.path.id}), or plain text.
//
//   $request.header.name  $request.querystring.name  $request.path  $request.path.name  $request.body
//   $request.body.a.b[0]  $context.name  $stageVariables.name
//   $response.header.name  $response.body  $response.body.a                                (of responses only)

#include "base/error.h"
#include "lang/jsonpath/path.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace stepwell::apigateway {

enum class Source : std::uint8_t {
  request_header,
  request_querystring,
  request_path,
  request_path_variable,
  request_body,
  response_header,
  response_body,
  context,
  stage_variable
};

struct Expression {
  Source source{};
  std::string name;                                 // of a header, variable, …
  std::shared_ptr<const jsonpath::Path> path = {};  // into a body; nullptr: all of it

  // Without the leading $. nullopt: it is none.
  static std::optional<Expression> parse(std::string_view text);
};

// Where values come from.
class Values {
 public:
  virtual ~Values() = default;
  virtual std::optional<std::string> find(const Expression& expression) const = 0;
};

class Template {
 public:
  // Error BadRequestException.
  static Result<Template> parse(std::string_view text);

  // nullopt: the template is one expression, and there is nothing of it. Inside a text, what is not there is empty.
  std::optional<std::string> fill(const Values& values) const;
  // The expression that is all of it; nullptr: it is not that.
  const Expression* expression() const;
  bool uses(Source source) const;

 private:
  std::vector<std::variant<std::string, Expression>> pieces_;
};

}  // namespace stepwell::apigateway
