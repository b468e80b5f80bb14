#include "lang/event_pattern/limits.h"

#include "lang/event_pattern/texts.h"

#include <algorithm>

namespace stepwell::event_pattern {
namespace {

constexpr std::size_t max_keys = 5;
constexpr std::size_t max_combinations = 150;
constexpr std::size_t max_stars = 3;
constexpr std::size_t max_points = 100;

std::unexpected<Refusal> refuse(std::string_view reason) {
  return std::unexpected(Refusal{.reason = std::string(reason)});
}

template <typename Visitor>
void visit_wildcards(const std::vector<Matcher>& matchers, Visitor&& visitor) {
  for (const Matcher& matcher : matchers) {
    if (matcher.operation == Operator::wildcard) visitor(matcher.text);
    visit_wildcards(matcher.others, visitor);
  }
}

std::size_t stars(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '*') {
      ++count;
    }
  }
  return count;
}

std::size_t capped_product(std::size_t a, std::size_t b, std::size_t most) { return std::min(a * b, most + 1); }

// The combinations of values of an object, times those before it.
std::size_t combinations(const json::Value& object, std::size_t depth, std::size_t before) {
  std::size_t count = before;
  for (const json::Member& member : object.members()) {
    if (member.value.is_object()) {
      count = combinations(member.value, depth + 1, count);
    } else if (member.key == "$or" && std::ranges::all_of(member.value.elements(), &json::Value::is_object)) {
      std::size_t sum = 0;
      for (const json::Value& branch : member.value.elements()) sum += combinations(branch, depth, count);
      count = std::min(sum, max_combinations + 1);
    } else {
      count = capped_product(count, member.value.size() * depth, max_combinations);
    }
  }
  return count;
}

bool is_nested(const json::Value& object) {
  return std::ranges::any_of(object.members(), [](const json::Member& member) {
    if (member.value.is_object()) return true;
    return member.key == "$or" && std::ranges::any_of(member.value.elements(), [](const json::Value& branch) {
             return branch.is_object() && is_nested(branch);
           });
  });
}

Read<void> check_stars(const Program& program) {
  std::size_t points = 1;
  bool too_many = false;
  for (const Test& test : program.tests) {
    std::size_t of_test = 0;
    visit_wildcards(test.matchers, [&](std::string_view text) {
      const std::size_t count = stars(text);
      too_many = too_many || count > max_stars;
      of_test += count > 1 ? 3 : count;
    });
    if (of_test > 0) points = capped_product(points, of_test, max_points);
  }
  if (too_many || points > max_points) return refuse(too_complex);
  return {};
}

}  // namespace

Read<void> check_event_bus(const Program& program) {
  bool too_many = false;
  for (const Test& test : program.tests) {
    visit_wildcards(test.matchers, [&](std::string_view text) {
      too_many = too_many || wildcard_complexity(text) > max_wildcard_complexity;
    });
  }
  if (too_many) return refuse(too_complex);
  return {};
}

Read<void> check_filter_policy(const json::Value& document, const Program& program, Dialect dialect) {
  if (dialect == Dialect::sns_attributes && is_nested(document)) {
    return refuse("Filter policy scope MessageAttributes does not support nested filter policy");
  }
  if (document.size() > max_keys) return refuse("Filter policy can not have more than 5 keys");
  if (combinations(document, 1, 1) > max_combinations) return refuse("Filter policy is too complex");
  return check_stars(program);
}

}  // namespace stepwell::event_pattern
