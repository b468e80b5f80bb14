#include "services/apigateway/mapping/template.h"

#include "services/apigateway/errors.h"

#include <algorithm>
#include <array>

namespace stepwell::apigateway {
namespace {

struct Prefix {
  std::string_view text;
  Source source;
};
constexpr auto named = std::to_array<Prefix>({{"context.", Source::context},
                                              {"request.header.", Source::request_header},
                                              {"request.path.", Source::request_path_variable},
                                              {"request.querystring.", Source::request_querystring},
                                              {"response.header.", Source::response_header},
                                              {"stageVariables.", Source::stage_variable}});
constexpr auto bodies =
    std::to_array<Prefix>({{"request.body", Source::request_body}, {"response.body", Source::response_body}});

Error bad_expression(std::string_view text) {
  return errors::bad_request(fmt::format("Invalid mapping expression specified: {}", text));
}

bool begins_expression(std::string_view text) {
  return text.starts_with("$request.") || text.starts_with("$response.") || text.starts_with("$context.") ||
         text.starts_with("$stageVariables.");
}

// $request.body.a.b: the path $.a.b, which scans and filters nothing.
std::shared_ptr<const jsonpath::Path> read_path(std::string_view rest) {
  if (rest.contains("..") || rest.contains("?(")) return nullptr;
  auto path = jsonpath::Path::compile(fmt::format("${}", rest));
  return path ? std::make_shared<const jsonpath::Path>(std::move(*path)) : nullptr;
}

}  // namespace

std::optional<Expression> Expression::parse(std::string_view text) {
  if (text == "request.path") return Expression{.source = Source::request_path, .name = {}};
  for (const Prefix& body : bodies) {
    if (!text.starts_with(body.text)) continue;
    const std::string_view rest = text.substr(body.text.size());
    Expression expression{.source = body.source, .name = {}};
    if (rest.empty()) return expression;
    if (rest[0] == '.' || rest[0] == '[') expression.path = read_path(rest);
    return expression.path ? std::optional(std::move(expression)) : std::nullopt;
  }
  const auto prefix = std::ranges::find_if(named, [&](const Prefix& each) { return text.starts_with(each.text); });
  if (prefix == named.end()) return std::nullopt;
  const std::string_view name = text.substr(prefix->text.size());
  const bool is_name = !name.empty() && name.find_first_of(" ${}") == std::string_view::npos;
  return is_name ? std::optional(Expression{.source = prefix->source, .name = std::string(name)}) : std::nullopt;
}

Result<Template> Template::parse(std::string_view text) {
  Template made;
  if (begins_expression(text)) {
    auto expression = Expression::parse(text.substr(1));
    if (!expression) return fail(bad_expression(text));
    made.pieces_.emplace_back(std::move(*expression));
    return made;
  }
  while (!text.empty()) {
    const std::size_t open = std::min(text.find("${"), text.size());
    if (open > 0) made.pieces_.emplace_back(std::string(text.substr(0, open)));
    text.remove_prefix(open);
    if (text.empty()) break;
    const std::size_t close = text.find('}');
    auto expression = close == std::string_view::npos ? std::nullopt : Expression::parse(text.substr(2, close - 2));
    if (!expression) return fail(bad_expression(text));
    made.pieces_.emplace_back(std::move(*expression));
    text.remove_prefix(close + 1);
  }
  return made;
}

std::optional<std::string> Template::fill(const Values& values) const {
  if (const Expression* whole = expression()) return values.find(*whole);
  std::string text;
  for (const auto& piece : pieces_) {
    if (const auto* plain = std::get_if<std::string>(&piece)) {
      text += *plain;
    } else {
      text += values.find(std::get<Expression>(piece)).value_or("");
    }
  }
  return text;
}

const Expression* Template::expression() const {
  return pieces_.size() == 1 ? std::get_if<Expression>(pieces_.data()) : nullptr;
}

bool Template::uses(Source source) const {
  return std::ranges::any_of(pieces_, [source](const auto& piece) {
    const auto* expression = std::get_if<Expression>(&piece);
    return expression != nullptr && expression->source == source;
  });
}

}  // namespace stepwell::apigateway
