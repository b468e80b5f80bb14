#include "wire/pattern.h"

#include "base/check.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <re2/re2.h>

namespace stepwell::wire {
namespace {

bool has_a_non_digit(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c < '0' || c > '9'; });
}
bool is_not_of_aws(std::string_view text) { return !text.starts_with("aws."); }
bool ends_without_dot(std::string_view text) { return !text.ends_with('.'); }

// RE2 neither looks around nor knows Java's class names. The few expressions of the models that need it are written
// here as RE2 takes them, with a condition for what is left.
struct Rewriting {
  std::string_view expression;
  const char* rewritten;
  bool (*condition)(std::string_view text);
};
constexpr std::array rewritings = {
    Rewriting{R"(^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$)", R"([a-zA-Z0-9_\-\.]+)", &has_a_non_digit},
    Rewriting{R"([0-9A-Za-z\.\-_]*(?<!\.))", R"([0-9A-Za-z\.\-_]*)", &ends_without_dot},
    Rewriting{R"(^(?!\s*$).+)", R"(.*\S.*)", nullptr},
    Rewriting{R"(^(?=[/\.\-_A-Za-z0-9]+)((?!aws\.).*)|(\$(\.[\w_-]+(\[(\d+|\*)\])*)*)$)",
              R"(([/\.\-_A-Za-z0-9].*)|(\$(\.[\w_-]+(\[(\d+|\*)\])*)*))", &is_not_of_aws},
    Rewriting{R"(\p{ASCII}*)", R"([\x00-\x7f]*)", nullptr},
};

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// RE2 writes characters by number as \x{20}; the models as \u0020, and as \u10FFFF beyond what Java's four digits hold.
std::string with_numbered_characters(std::string_view expression) {
  std::string text;
  while (!expression.empty()) {
    const std::size_t at = std::min(expression.find("\\u"), expression.size());
    text += expression.substr(0, at);
    expression.remove_prefix(std::min(at + 2, expression.size()));
    if (expression.empty()) break;
    std::size_t digits = 0;
    while (digits < std::min<std::size_t>(expression.size(), 6) && is_hex_digit(expression[digits])) ++digits;
    text += fmt::format("\\x{{{}}}", expression.substr(0, digits));
    expression.remove_prefix(digits);
  }
  return text;
}

}  // namespace

bool Pattern::is_trivial(std::string_view expression) { return expression == ".*" || expression == "[\\s\\S]*"; }

Result<Pattern> Pattern::compile(std::string_view expression) {
  const auto found = std::ranges::find(rewritings, expression, &Rewriting::expression);
  const bool rewritten = found != rewritings.end();
  RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  const std::string text = rewritten ? std::string(found->rewritten) : with_numbered_characters(expression);
  auto compiled = std::make_shared<const RE2>(text, options);
  if (!compiled->ok()) return fail(internal_error(fmt::format("Pattern {}: {}", expression, compiled->error())));
  return Pattern(std::move(compiled), rewritten ? found->condition : nullptr);
}

bool Pattern::matches(std::string_view text) const {
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *expression_) &&
         (condition_ == nullptr || condition_(text));
}

Result<void> PatternOnDemand::compile() const {
  if (!compiled_) compiled_ = Pattern::compile(expression_);
  if (!*compiled_) return fail(compiled_->error());
  return {};
}

bool PatternOnDemand::matches(std::string_view text) const {
  CHECK(compile());
  return (*compiled_)->matches(text);
}

}  // namespace stepwell::wire
