#include "services/logs/filter/condition.h"

#include "services/logs/errors.h"

#include <charconv>

namespace stepwell::logs {
namespace {

constexpr std::string_view spaces = " \t\r\n";

// Whether `text` is `pattern`, in which * stands for anything: in time linear in both but for the last star.
bool wildcard_equals(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

}  // namespace

void Scanner::skip_spaces() { at_ = std::min(text_.find_first_not_of(spaces, at_), text_.size()); }

bool Scanner::take(std::string_view token) {
  if (!text_.substr(at_).starts_with(token)) return false;
  at_ += token.size();
  return true;
}

std::string Scanner::quoted(char quote) {
  std::string inside;
  for (++at_; at_ < text_.size(); ++at_) {
    char c = text_[at_];
    if (c == quote) {
      ++at_;
      return inside;
    }
    if (quote == '"' && c == '\\' && at_ + 1 < text_.size()) c = text_[++at_];
    inside += c;
  }
  fail(std::string(1, quote));
  return inside;
}

std::string_view Scanner::word(std::string_view stops) {
  const std::size_t from = at_;
  while (at_ < text_.size() && !spaces.contains(text_[at_]) && !stops.contains(text_[at_])) ++at_;
  if (at_ == from) fail("a word");
  return text_.substr(from, at_ - from);
}

void Scanner::fail(std::string_view expected) {
  if (failed()) return;
  error_ = errors::make("InvalidParameterException", "Invalid filter pattern",
                        fmt::format("At character {}: {} is expected.", at_ + 1, expected));
  at_ = text_.size();
}

Wanted Wanted::text(std::string text) {
  Wanted wanted;
  wanted.number_ = number_of(text);
  wanted.text_ = std::move(text);
  return wanted;
}

Wanted Wanted::wildcard(std::string text) {
  Wanted wanted = Wanted::text(std::move(text));
  wanted.has_wildcards_ = wanted.text_.contains('*');
  return wanted;
}

Wanted Wanted::read(Scanner& scanner, std::string_view stops) {
  if (scanner.peek() == '"') return wildcard(scanner.quoted('"'));
  if (scanner.peek() != '%') return wildcard(std::string(scanner.word(stops)));
  const std::string expression = scanner.quoted('%');
  auto whole = wire::Pattern::compile(expression);
  auto within = wire::Pattern::compile(fmt::format("[\\s\\S]*(?:{})[\\s\\S]*", expression));
  if (!whole || !within) {
    scanner.fail("a valid regular expression between %");
    return {};
  }
  Wanted wanted;
  wanted.whole_ = std::move(*whole);
  wanted.within_ = std::move(*within);
  return wanted;
}

bool Wanted::equals(std::string_view value) const {
  if (within_) return within_->matches(value);  // a regular expression says itself where it begins and ends
  return has_wildcards_ ? wildcard_equals(text_, value) : text_ == value;
}

bool Wanted::is_within(std::string_view message) const {
  return within_ ? within_->matches(message) : message.contains(text_);
}

std::optional<Comparison> read_comparison(Scanner& scanner) {
  scanner.skip_spaces();
  if (scanner.take("!=")) return Comparison::unequal;
  if (scanner.take("<=")) return Comparison::less_or_equal;
  if (scanner.take(">=")) return Comparison::greater_or_equal;
  if (scanner.take("==") || scanner.take("=")) return Comparison::equal;
  if (scanner.take("<")) return Comparison::less;
  if (scanner.take(">")) return Comparison::greater;
  return std::nullopt;
}

bool compare(std::string_view value, Comparison comparison, const Wanted& wanted) {
  const auto number = wanted.number() ? number_of(value) : std::nullopt;
  const bool equal = number ? *number == *wanted.number() : wanted.equals(value);
  switch (comparison) {
    case Comparison::equal: return equal;
    case Comparison::unequal: return !equal;
    case Comparison::less: return number && *number < *wanted.number();
    case Comparison::less_or_equal: return number && *number <= *wanted.number();
    case Comparison::greater: return number && *number > *wanted.number();
    case Comparison::greater_or_equal: return number && *number >= *wanted.number();
  }
  return false;
}

}  // namespace stepwell::logs
