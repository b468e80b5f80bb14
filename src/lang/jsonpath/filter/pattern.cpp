#include "lang/jsonpath/filter/pattern.h"

#include <re2/re2.h>

namespace stepwell::jsonpath {

struct Pattern::Compiled {
  Compiled(std::string_view text, const re2::RE2::Options& options) : expression(text, options) {}
  re2::RE2 expression;
};

Pattern::Pattern(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Pattern::~Pattern() = default;

bool Pattern::looks_like(std::string_view text) {
  return text.size() >= 2 && text.front() == '/' && (text.back() == '/' || (text.size() >= 3 && text.ends_with("/i")));
}

std::expected<std::unique_ptr<Pattern>, std::string> Pattern::compile(std::string_view text) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1U << 20U);
  options.set_case_sensitive(text.back() != 'i');
  auto compiled = std::make_unique<Compiled>(text.substr(1, text.rfind('/') - 1), options);
  if (!compiled->expression.ok()) return std::unexpected(compiled->expression.error());
  return std::unique_ptr<Pattern>(new Pattern(std::move(compiled)));
}

bool Pattern::matches(std::string_view text) const { return re2::RE2::FullMatch(text, compiled_->expression); }

}  // namespace stepwell::jsonpath
