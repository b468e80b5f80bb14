#include "lang/jsonata/text/pattern.h"

#include "lang/jsonata/text/ecma_pattern.h"

#include <re2/re2.h>

namespace stepwell::jsonata {

namespace {

constexpr std::int64_t kLargestProgram = std::int64_t{4} << 20;
// Up to here a program runs as an automaton, at some bytes a step. Larger ones may have to be run state by state, as
// groups are always found.
constexpr std::size_t kSmallProgram = 256;
constexpr std::size_t kShortText = 1024;
constexpr std::size_t kStatesAStep = 8;
constexpr std::size_t kBytesAStep = 32;

}  // namespace

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

std::optional<Pattern::Match> Pattern::find(std::string_view text, std::size_t from, Budget& budget) const {
  if (from > text.size()) return std::nullopt;
  const auto size = static_cast<std::size_t>(compiled_->expression.ProgramSize());
  const auto spend_states = [&](std::size_t bytes) { return budget.spend(bytes * size / kStatesAStep); };
  if (size > kSmallProgram && !spend_states(text.size() - from)) return std::nullopt;
  const auto count = static_cast<std::size_t>(compiled_->expression.NumberOfCapturingGroups()) + 1;
  std::vector<re2::StringPiece> found(count);
  const re2::StringPiece all(text.data(), text.size());
  const auto match_with = [&](std::size_t groups) {
    return compiled_->expression.Match(all, from, text.size(), re2::RE2::UNANCHORED, found.data(),
                                       static_cast<int>(groups));
  };
  const bool is_long = count > 1 && text.size() - from > kShortText;
  if (!match_with(is_long ? 1 : count)) {
    budget.spend(1 + (text.size() - from) / kBytesAStep);
    return std::nullopt;
  }
  const auto end = static_cast<std::size_t>(found[0].data() - text.data()) + found[0].size();
  budget.spend(1 + (end - from) / kBytesAStep);
  if (is_long && (!spend_states(found[0].size()) || !match_with(count))) return std::nullopt;
  if (budget.is_exceeded()) return std::nullopt;
  Match match{.begin = static_cast<std::size_t>(found[0].data() - text.data()), .end = 0, .groups = {}};
  match.end = match.begin + found[0].size();
  for (std::size_t i = 1; i < count; ++i) {
    match.groups.push_back(
        found[i].data() == nullptr ? std::nullopt : std::optional(std::string_view(found[i].data(), found[i].size())));
  }
  return match;
}

}  // namespace stepwell::jsonata
