#include "lang/jsonata/text/pattern.h"

#include "lang/jsonata/text/ecma_pattern.h"

#include <re2/re2.h>

namespace stepwell::jsonata {

namespace {
constexpr std::int64_t kLargestProgram = std::int64_t{4} << 20;
}

struct Pattern::Compiled {
  Compiled(const std::string& text, const re2::RE2::Options& options) : expression(text, options) {}
  re2::RE2 expression;
};

Pattern::Pattern(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Pattern::~Pattern() = default;

std::expected<std::unique_ptr<Pattern>, std::string> Pattern::compile(std::string_view text, std::string_view flags) {
  const auto translated = translate_pattern(text, flags.contains('m'));
  if (!translated) return std::unexpected(translated.error());
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kLargestProgram);
  options.set_case_sensitive(!flags.contains('i'));
  auto compiled = std::make_unique<Compiled>(*translated, options);
  if (!compiled->expression.ok()) return std::unexpected(compiled->expression.error());
  return std::unique_ptr<Pattern>(new Pattern(std::move(compiled)));
}

std::optional<Pattern::Match> Pattern::find(std::string_view text, std::size_t from) const {
  if (from > text.size()) return std::nullopt;
  const auto count = static_cast<std::size_t>(compiled_->expression.NumberOfCapturingGroups()) + 1;
  std::vector<re2::StringPiece> found(count);
  const re2::StringPiece all(text.data(), text.size());
  if (!compiled_->expression.Match(all, from, text.size(), re2::RE2::UNANCHORED, found.data(),
                                   static_cast<int>(count))) {
    return std::nullopt;
  }
  Match match{.begin = static_cast<std::size_t>(found[0].data() - text.data()), .end = 0, .groups = {}};
  match.end = match.begin + found[0].size();
  for (std::size_t i = 1; i < count; ++i) {
    match.groups.push_back(
        found[i].data() == nullptr ? std::nullopt : std::optional(std::string_view(found[i].data(), found[i].size())));
  }
  return match;
}

}  // namespace stepwell::jsonata
