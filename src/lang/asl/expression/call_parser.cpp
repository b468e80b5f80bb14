// The grammar of intrinsic calls. Strings know the escapes \' \\ \{ \} and no others.
#include "lang/asl/expression/call.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<std::unique_ptr<Expression>> whole() {
    TRY_ASSIGN(auto expression, call(1));
    skip_space();
    if (at_ < text_.size()) return refuse("nothing may follow the call");
    return expression;
  }

 private:
  Result<std::unique_ptr<Expression>> call(std::size_t depth) {
    if (depth > CallExpression::max_nesting) return refuse("calls are nested more than ten deep");
    const std::size_t start = at_;
    const auto name = read_name();
    const Intrinsic* intrinsic = find_intrinsic(name);
    if (intrinsic == nullptr) return refuse(fmt::format("there is no function '{}'", name));
    if (!take('(')) return refuse(fmt::format("'(' is expected behind '{}'", name));
    json::Arena literals;
    std::vector<CallExpression::Argument> arguments;
    if (!take(')')) {
      do {
        const bool is_format_template = arguments.empty() && intrinsic == &format_intrinsic;
        TRY_ASSIGN(auto one, argument(literals, depth, is_format_template ? Braces::escaped : Braces::plain));
        arguments.push_back(std::move(one));
      } while (take(','));
      if (!take(')')) return refuse("',' or ')' is expected behind an argument");
    }
    if (arguments.size() < intrinsic->min_arguments || arguments.size() > intrinsic->max_arguments) {
      return refuse(fmt::format("'{}' does not take {} arguments", name, arguments.size()));
    }
    return std::unique_ptr<Expression>(std::make_unique<CallExpression>(text_.substr(start, at_ - start), *intrinsic,
                                                                        std::move(arguments), std::move(literals)));
  }

  // States.Format tells the braces of a placeholder from escaped ones, so its template keeps \\{ and \\}.
  enum class Braces : std::uint8_t { plain, escaped };

  Result<CallExpression::Argument> argument(json::Arena& literals, std::size_t depth, Braces braces) {
    skip_space();
    CallExpression::Argument result;
    const auto rest = text_.substr(at_);
    if (rest.starts_with('\'')) {
      TRY_ASSIGN(result.literal, string(literals, braces));
    } else if (rest.starts_with("States.")) {
      TRY_ASSIGN(result.expression, call(depth + 1));
    } else if (rest.starts_with('$')) {
      TRY_ASSIGN(result.expression, Expression::compile(read_path()));
    } else {
      TRY_ASSIGN(result.literal, scalar(literals));
    }
    return result;
  }

  Result<json::Value> string(json::Arena& literals, Braces braces) {
    std::string text;
    for (++at_; at_ < text_.size() && text_[at_] != '\''; ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
        if (at_ == text_.size() || !std::string_view("'\\{}").contains(text_[at_])) {
          return refuse("a backslash in a string stands before ', \\, { or } only");
        }
        if (braces == Braces::escaped && (text_[at_] == '{' || text_[at_] == '}')) text += '\\';
      }
      text += text_[at_];
    }
    if (at_ == text_.size()) return refuse("a string has no closing quotation mark");
    ++at_;
    return json::make_string(literals, text);
  }

  // A number, true, false or null.
  Result<json::Value> scalar(json::Arena& literals) {
    const std::size_t start = at_;
    while (at_ < text_.size() && !std::string_view(",) \t\r\n").contains(text_[at_])) ++at_;
    const auto word = text_.substr(start, at_ - start);
    auto value = json::parse_copy(literals, word);
    if (!value || value->is_array() || value->is_object() || value->is_string()) {
      return refuse(fmt::format("'{}' is no argument", word));
    }
    return *value;
  }

  std::string_view read_name() {
    skip_space();
    const std::size_t start = at_;
    while (at_ < text_.size() && !std::string_view("( \t\r\n,)").contains(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }

  // Up to the comma or parenthesis that ends the argument; brackets, filters and quoted names may hold such characters.
  std::string_view read_path() {
    const std::size_t start = at_;
    std::size_t open = 0;
    char quote = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (quote != 0) {
        if (c == '\\') ++at_;
        if (c == quote) quote = 0;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '[' || c == '(') {
        ++open;
      } else if (open == 0 && (c == ',' || c == ')')) {
        break;
      } else if (open > 0 && (c == ']' || c == ')')) {
        --open;
      }
    }
    at_ = std::min(at_, text_.size());
    auto path = text_.substr(start, at_ - start);
    while (!path.empty() && is_space(path.back())) path.remove_suffix(1);
    return path;
  }

  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  bool take(char c) {
    skip_space();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::unexpected<Error> refuse(std::string_view reason) const {
    return fail(invalid_expression(fmt::format("'{}' is no intrinsic call: {}", text_, reason)));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::unique_ptr<Expression>> CallExpression::compile(std::string_view text) { return Parser(text).whole(); }

}  // namespace stepwell::asl
