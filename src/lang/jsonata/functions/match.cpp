// $contains, $split, $replace, $match: texts searched for texts or by matchers.
#include "lang/jsonata/evaluate/matcher.h"
#include "lang/jsonata/functions/builtin.h"
#include "lang/jsonata/text/utf8.h"
#include "lang/jsonata/value/stringify.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace stepwell::jsonata::library {
namespace {

Value part(const Value& whole, std::string_view text) { return Value::string(text, whole.is_temporary()); }

// How many are wanted at most; nullopt when the number is negative.
std::optional<double> limit_of(const Value& limit) {
  if (!limit.is_number()) return std::numeric_limits<double>::infinity();
  return limit.as_number() < 0 ? std::nullopt : std::optional(limit.as_number());
}

}  // namespace

Value string_contains(Invocation& call) {
  if (call[0].is_undefined()) return {};
  if (!call[1].is_function()) {
    const bool has_pattern = call[1].is_string();
    return Value::boolean(has_pattern && find_text(call[0].as_string(), call[1].as_string()) != std::string_view::npos);
  }
  Matches matches(call.evaluator(), call[1], call[0], call.site());
  const bool found = matches.next();
  return matches.has_failed() ? Value::failure() : Value::boolean(found);
}

namespace {

Value split_characters(Invocation& call, double limit) {
  Evaluator::Collector parts(call.evaluator());
  const std::string_view text = call[0].as_string();
  for (std::size_t at = 0; at < text.size() && static_cast<double>(parts.size()) < limit;) {
    const std::size_t begin = at;
    next_code_point(text, at);
    parts.push(part(call[0], text.substr(begin, at - begin)));
  }
  return parts.array();
}

Value split_at_text(Invocation& call, std::string_view separator, double limit) {
  Evaluator::Collector parts(call.evaluator());
  std::string_view rest = call[0].as_string();
  while (static_cast<double>(parts.size()) < limit) {
    const std::size_t at = find_text(rest, separator);
    parts.push(part(call[0], rest.substr(0, at)));
    if (at == std::string_view::npos) break;
    rest.remove_prefix(at + separator.size());
  }
  return parts.array();
}

}  // namespace

Value string_split(Invocation& call) {
  if (call[0].is_undefined()) return {};
  const auto limit = limit_of(call[2]);
  if (!limit) return call.fail(Code::D3020);
  if (!call[1].is_function()) {
    const double whole = std::floor(*limit);
    // Without a separator, the whole text is the one part.
    if (!call[1].is_string()) return call.memory().array({call[0]});
    return call[1].as_string().empty() ? split_characters(call, whole)
                                       : split_at_text(call, call[1].as_string(), whole);
  }
  Evaluator::Collector parts(call.evaluator());
  const std::string_view text = call[0].as_string();
  Matches matches(call.evaluator(), call[1], call[0], call.site());
  std::size_t start = 0;
  while (static_cast<double>(parts.size()) < *limit && matches.next()) {
    parts.push(part(call[0], text.substr(start, matches.begin() > start ? matches.begin() - start : 0)));
    start = matches.end();
  }
  if (matches.has_failed()) return Value::failure();
  if (static_cast<double>(parts.size()) < *limit) parts.push(part(call[0], text.substr(start)));
  return parts.array();
}

Value string_match(Invocation& call) {
  if (call[0].is_undefined()) return {};
  const auto limit = limit_of(call[2]);
  if (!limit) return call.fail(Code::D3040);
  Evaluator::Collector found(call.evaluator());
  Matches matches(call.evaluator(), call[1], call[0], call.site());
  while (static_cast<double>(found.size()) < *limit && matches.next()) {
    Object* const made = call.memory().object(3);
    made->set(call.memory(), Value::string("match"), matches.match());
    made->set(call.memory(), Value::string("index"), Value::number(static_cast<double>(matches.start_unit())));
    made->set(call.memory(), Value::string("groups"), call.memory().array(matches.groups()));
    found.push(Value::object(made));
  }
  return matches.has_failed() ? Value::failure() : found.sequence();
}

namespace {

// "$1" is the first group, "$0" the match, "$$" a dollar sign. A number has as many digits as there can be groups, and
// one less if there is no such group.
void append_replacement(std::string& out, std::string_view replacement, const Matches& matches) {
  const std::span<const Value> groups = matches.groups();
  const std::size_t most_digits = std::to_string(std::max<std::size_t>(groups.size(), 1)).size();
  std::size_t at = 0;
  for (std::size_t dollar = replacement.find('$'); dollar != std::string_view::npos;
       dollar = replacement.find('$', at)) {
    out += replacement.substr(at, dollar - at);
    at = dollar + 1;
    const std::string_view rest = replacement.substr(at);
    if (rest.starts_with('$')) {
      out += '$';
      ++at;
      continue;
    }
    std::size_t number = 0;
    std::string_view digits = rest.substr(0, most_digits);
    auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (rest.starts_with('0')) {
      // What a function answers as the match may be anything.
      if (matches.match().is_string()) out += matches.match().as_string();
      ++at;
      continue;
    }
    if (read.ec != std::errc()) {
      out += '$';
      continue;
    }
    if (most_digits > 1 && number > groups.size()) {
      digits.remove_suffix(1);
      read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    }
    if (number >= 1 && number <= groups.size() && groups[number - 1].is_string()) out += groups[number - 1].as_string();
    at += static_cast<std::size_t>(read.ptr - digits.data());
  }
  out += replacement.substr(std::min(at, replacement.size()));
}

bool is_too_long(Invocation& call, const std::string& text) { return text.size() > call.memory().limit(); }

Value replace_text(Invocation& call, double limit) {
  const Value matched = call[1];
  const std::string_view pattern = matched.as_string();
  std::string_view rest = call[0].as_string();
  std::string out;
  double count = 0;
  for (std::size_t at = find_text(rest, pattern); at != std::string_view::npos && count < limit;
       at = find_text(rest, pattern), ++count) {
    out += rest.substr(0, at);
    if (call[2].is_function()) {
      const Value replacement = call.evaluator().apply(call[2].as_function(), {&matched, 1}, {}, call.site());
      if (replacement.is_failure()) return replacement;
      if (!replacement.is_string()) return call.fail(Code::D3012);
      out += replacement.as_string();
    } else {
      out += call[2].as_string();
    }
    rest.remove_prefix(at + pattern.size());
    if (is_too_long(call, out)) return call.fail(Code::U1003);
  }
  if (count == 0) return call[0];
  return call.memory().string(out += rest);
}

}  // namespace

Value string_replace(Invocation& call) {
  if (call[0].is_undefined()) return {};
  if (call[1].is_string() && call[1].as_string().empty()) return call.fail(Code::D3010);
  const auto limit = limit_of(call[3]);
  if (!limit) return call.fail(Code::D3011);
  // Without a pattern, there is nothing to be replaced.
  if (!call[1].is_string() && !call[1].is_function()) return call[0];
  if (!call[1].is_function()) return replace_text(call, *limit);
  const std::string_view text = call[0].as_string();
  std::string out;
  std::size_t start = 0;
  Matches matches(call.evaluator(), call[1], call[0], call.site());
  for (double count = 0; count < *limit && matches.next(); ++count) {
    out += text.substr(start, matches.begin() > start ? matches.begin() - start : 0);
    if (call[2].is_function()) {
      const Value match = matches.object();
      const Value replacement = call.evaluator().apply(call[2].as_function(), {&match, 1}, {}, call.site());
      if (replacement.is_failure()) return replacement;
      if (!replacement.is_string()) return call.fail(Code::D3012);
      out += replacement.as_string();
    } else if (call[2].is_string()) {
      append_replacement(out, call[2].as_string(), matches);
    }
    start = matches.end();
    if (is_too_long(call, out)) return call.fail(Code::U1003);
  }
  if (matches.has_failed()) return Value::failure();
  if (start == 0) return call[0];
  return call.memory().string(out += text.substr(start));
}

}  // namespace stepwell::jsonata::library
