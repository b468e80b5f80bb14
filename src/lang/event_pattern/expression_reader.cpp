#include "lang/event_pattern/expression_reader.h"

#include "lang/event_pattern/anything_but.h"
#include "lang/event_pattern/numeric.h"
#include "lang/event_pattern/texts.h"

#include <array>

#include <fmt/format.h>

namespace stepwell::event_pattern {
namespace {

constexpr std::string_view one_key = "Only one key allowed in match expression";

Read<Matcher> read_ignoring_case(const json::Value& value, Operator operation, std::string_view kind, Place& place) {
  const bool prefix = operation == Operator::prefix_ignore_case;
  if (value.size() == 0) {
    return place.refuse(prefix ? "Prefix expression name not found" : "Suffix expression name not found", Reach::end);
  }
  const json::Member& inner = value.members().front();
  {
    const Place::Step step(place, inner.key);
    if (inner.key != "equals-ignore-case") {
      return place.refuse(fmt::format("Unsupported {} pattern: {}", kind, inner.key));
    }
    if (!inner.value.is_string()) return place.refuse("equals-ignore-case match pattern must be a string");
  }
  if (value.size() > 1) {
    const Place::Step step(place, value.members()[1].key);
    return place.refuse(std::string(one_key));
  }
  return Matcher{.operation = operation, .text = without_case(inner.value.as_string())};
}

// prefix and suffix, with or without regard to case.
Read<Matcher> read_affix(const json::Value& value, std::string_view kind, Place& place) {
  const bool prefix = kind == "prefix";
  if (value.is_object()) {
    return read_ignoring_case(value, prefix ? Operator::prefix_ignore_case : Operator::suffix_ignore_case, kind, place);
  }
  if (!value.is_string()) return place.refuse(fmt::format("{} match pattern must be a string", kind));
  return Matcher{.operation = prefix ? Operator::prefix : Operator::suffix, .text = std::string(value.as_string())};
}

Read<Matcher> read_exists(const json::Value& value, std::string_view /*kind*/, Place& place) {
  if (!value.is_boolean()) return place.refuse("exists match pattern must be either true or false.");
  return Matcher{.operation = value.as_boolean() ? Operator::exists : Operator::absent};
}

Read<Matcher> read_exactly(const json::Value& value, std::string_view /*kind*/, Place& place) {
  if (!value.is_string()) return place.refuse("exact match pattern must be a string");
  return Matcher{.operation = Operator::text, .text = std::string(value.as_string())};
}

Read<Matcher> read_equals_ignore_case(const json::Value& value, std::string_view /*kind*/, Place& place) {
  if (!value.is_string()) return place.refuse("equals-ignore-case match pattern must be a string");
  return Matcher{.operation = Operator::equals_ignore_case, .text = without_case(value.as_string())};
}

Read<Matcher> read_wildcard(const json::Value& value, std::string_view /*kind*/, Place& place) {
  if (!value.is_string()) return place.refuse("wildcard match pattern must be a string");
  auto matcher = wildcard(value.as_string());
  if (!matcher) return place.refuse(std::move(matcher).error(), Reach::text);
  return std::move(*matcher);
}

Read<Matcher> read_cidr(const json::Value& value, std::string_view /*kind*/, Place& place) {
  if (!value.is_string()) return place.refuse("prefix match pattern must be a string");
  auto matcher = cidr(value.as_string());
  if (!matcher) return place.refuse(std::move(matcher).error(), Reach::nowhere);
  return std::move(*matcher);
}

Read<Matcher> read_numeric_range(const json::Value& value, std::string_view /*kind*/, Place& place) {
  if (!value.is_array()) return place.refuse("Value of numeric must be an array.");
  return read_numeric(value, place);
}

Read<Matcher> read_anything_but_values(const json::Value& value, std::string_view /*kind*/, Place& place) {
  return read_anything_but(value, place);
}

struct MatchType {
  std::string_view name;
  Read<Matcher> (*read)(const json::Value&, std::string_view, Place&);
  std::string_view second_key = one_key;  // what is said of a second member
};
constexpr std::string_view too_many = "Too many elements in numeric expression";
constexpr auto match_types = std::to_array<MatchType>({
    {"anything-but", read_anything_but_values, too_many},
    {"cidr", read_cidr},
    {"equals-ignore-case", read_equals_ignore_case},
    {"exactly", read_exactly},
    {"exists", read_exists},
    {"numeric", read_numeric_range, too_many},
    {"prefix", read_affix},
    {"suffix", read_affix},
    {"wildcard", read_wildcard},
});

Read<Matcher> read_expression(const json::Value& expression, Place& place) {
  if (expression.size() == 0) return place.refuse("Match expression name not found", Reach::end);
  const json::Member& first = expression.members().front();
  const auto type = std::ranges::find(match_types, first.key, &MatchType::name);
  Read<Matcher> matcher;
  {
    const Place::Step step(place, first.key);
    if (type == match_types.end()) return place.refuse(fmt::format("Unrecognized match type {}", first.key));
    matcher = type->read(first.value, type->name, place);
  }
  if (matcher && expression.size() > 1) {
    const Place::Step step(place, expression.members()[1].key);
    return place.refuse(std::string(type->second_key));
  }
  return matcher;
}

Read<Matcher> read_matcher(const json::Value& value, Place& place) {
  switch (value.kind()) {
    case json::Kind::object: return read_expression(value, place);
    case json::Kind::array: return place.refuse("Match value must be String, number, true, false, or null");
    case json::Kind::string: return exact_text(value.as_string());
    case json::Kind::number: return Matcher{.operation = Operator::number, .text = std::string(value.lexeme())};
    case json::Kind::null: return Matcher{.operation = Operator::literal, .text = "null"};
    case json::Kind::boolean: break;
  }
  return Matcher{.operation = Operator::literal, .text = value.as_boolean() ? "true" : "false"};
}

}  // namespace

Read<std::vector<Matcher>> read_matchers(const json::Value& values, Place& place) {
  if (values.size() == 0) return place.refuse("Empty arrays are not allowed", Reach::end);
  std::vector<Matcher> matchers;
  matchers.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Place::Step step(place, i);
    auto matcher = read_matcher(values.elements()[i], place);
    if (!matcher) return std::unexpected(std::move(matcher).error());
    matchers.push_back(std::move(*matcher));
  }
  return matchers;
}

}  // namespace stepwell::event_pattern
