#include "lang/event_pattern/anything_but.h"

#include "lang/event_pattern/numeric.h"
#include "lang/event_pattern/texts.h"

#include <array>
#include <cmath>

#include <fmt/format.h>

namespace stepwell::event_pattern {
namespace {

struct Kind {
  std::string_view name;
  Operator operation;
  std::string_view not_text;  // what is said of a value that is no text
};
constexpr std::string_view affix_not_text = "prefix/suffix match pattern must be a string";
constexpr auto kinds = std::to_array<Kind>({
    {"equals-ignore-case", Operator::equals_ignore_case,
     "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported."},
    {"prefix", Operator::prefix, affix_not_text},
    {"suffix", Operator::suffix, affix_not_text},
    {"wildcard", Operator::wildcard, "wildcard match pattern must be a string"},
});

// A refusal inside a list is told twice.
template <typename T>
Read<T> inside_list(Read<T> read) {
  if (!read && read.error().reach != Reach::nowhere) read.error().times = 2;
  return read;
}

Read<void> check_type(const json::Value& value, Place& place) {
  if (value.is_array() || value.is_string() || value.is_number()) return {};
  return place.refuse("Value of anything-but must be an array or single string/number value.");
}

Read<Matcher> read_plain(const json::Value& value, Place& place, Reach range_reach) {
  if (value.is_string()) return Matcher{.operation = Operator::text, .text = std::string(value.as_string())};
  if (!value.is_number()) return place.refuse("Inside anything but list, start|null|boolean is not supported.");
  if (std::abs(value.as_double()) > largest_number) return place.refuse(std::string(out_of_range), range_reach);
  return Matcher{.operation = Operator::number, .text = std::string(value.lexeme())};
}

Read<Matcher> read_plain_values(const json::Value& value, Place& place) {
  Matcher matcher{.operation = Operator::anything_but};
  const auto add = [&](Read<Matcher> other) -> Read<void> {
    if (!other) return std::unexpected(std::move(other).error());
    matcher.others.push_back(std::move(*other));
    return {};
  };
  if (!value.is_array()) {
    if (auto added = add(read_plain(value, place, Reach::nowhere)); !added) return std::unexpected(added.error());
    return matcher;
  }
  for (std::size_t i = 0; i < value.size(); ++i) {
    const Place::Step step(place, i);
    const json::Value& element = value.elements()[i];
    auto other = read_plain(element, place, Reach::token);
    if (auto added = add(element.is_number() ? std::move(other) : inside_list(std::move(other))); !added) {
      return std::unexpected(added.error());
    }
  }
  const auto numbers = std::ranges::count(matcher.others, Operator::number, &Matcher::operation);
  if (matcher.others.empty() || (numbers != 0 && numbers != std::ssize(matcher.others))) {
    return place.refuse("Inside anything but list, either all values are number or string, mixed type is not supported",
                        Reach::end);
  }
  return matcher;
}

Read<Matcher> read_text(const json::Value& value, const Kind& kind, Place& place) {
  if (!value.is_string()) return place.refuse(std::string(kind.not_text));
  const std::string_view text = value.as_string();
  const bool affix = kind.operation == Operator::prefix || kind.operation == Operator::suffix;
  if (affix && text.empty()) return place.refuse("Null prefix/suffix not allowed", Reach::text);
  if (kind.operation == Operator::wildcard) {
    auto matcher = wildcard(text);
    if (!matcher) return place.refuse(std::move(matcher).error(), Reach::text);
    return std::move(*matcher);
  }
  return Matcher{.operation = kind.operation, .text = affix ? std::string(text) : without_case(text)};
}

Read<Matcher> read_kind_values(const json::Value& value, const Kind& kind, Place& place) {
  Matcher matcher{.operation = Operator::anything_but};
  const std::span<const json::Value> values =
      value.is_array() ? value.elements() : std::span<const json::Value>(&value, 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::optional<Place::Step> step;
    if (value.is_array()) step.emplace(place, i);
    auto other = read_text(values[i], kind, place);
    if (value.is_array()) other = inside_list(std::move(other));
    if (!other) return other;
    matcher.others.push_back(std::move(*other));
  }
  return matcher;
}

Read<Matcher> read_kind(const json::Value& value, Place& place) {
  if (value.size() == 0) return place.refuse("Anything-But expression name not found", Reach::end);
  const json::Member& inner = value.members().front();
  const auto kind = std::ranges::find(kinds, inner.key, &Kind::name);
  Read<Matcher> matcher;
  {
    const Place::Step step(place, inner.key);
    if (kind == kinds.end()) return place.refuse(fmt::format("Unsupported anything-but pattern: {}", inner.key));
    if (auto checked = check_type(inner.value, place); !checked) return std::unexpected(checked.error());
    matcher = read_kind_values(inner.value, *kind, place);
  }
  if (matcher && value.size() > 1) {
    const Place::Step step(place, value.members()[1].key);
    return place.refuse("Too many elements in numeric expression");
  }
  return matcher;
}

}  // namespace

Read<Matcher> read_anything_but(const json::Value& value, Place& place) {
  if (value.is_object()) return read_kind(value, place);
  if (auto checked = check_type(value, place); !checked) return std::unexpected(checked.error());
  return read_plain_values(value, place);
}

}  // namespace stepwell::event_pattern
