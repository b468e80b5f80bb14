#include "lang/event_pattern/compiler.h"

#include "lang/event_pattern/expression_reader.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

namespace stepwell::event_pattern {
namespace {

constexpr std::size_t max_depth = 64;
constexpr std::size_t max_alternatives = 1'000;
constexpr std::string_view or_name = "$or";

// Names that fields inside $or cannot have, so that expressions there are told from fields.
constexpr auto reserved = std::to_array<std::string_view>({"exactly",
                                                           "equals-ignore-case",
                                                           "prefix",
                                                           "suffix",
                                                           "anything-but",
                                                           "exists",
                                                           "wildcard",
                                                           "numeric",
                                                           "cidr",
                                                           "=",
                                                           "<",
                                                           "<=",
                                                           ">",
                                                           ">=",
                                                           "regex",
                                                           "not-wildcard",
                                                           "not-equals-ignore-case",
                                                           "date-after",
                                                           "date-on-or-after",
                                                           "date-before",
                                                           "date-on-or-before",
                                                           "in-date-range",
                                                           "ip-address-in-range",
                                                           "ip-address-not-in-range"});

enum class Inside : std::uint8_t { object, alternatives };

class Compiler {
 public:
  explicit Compiler(OrKey or_key) : or_key_(or_key) {}

  Read<Program> compile(const json::Value& document) {
    if (!document.is_object()) return place_.refuse("Filter is not an object");
    if (auto read = read_object(document, "", Inside::object, 0); !read) return std::unexpected(read.error());
    finish();
    return std::move(program_);
  }

 private:
  using Alternative = std::map<std::string, std::uint16_t, std::less<>>;  // field → test

  Read<void> read_object(const json::Value& object, const std::string& prefix, Inside inside, std::size_t depth) {
    if (depth == max_depth) return place_.refuse("Rule is too complex", Reach::nowhere);
    if (object.size() == 0) return place_.refuse("Empty objects are not allowed", Reach::end);
    for (const json::Member& member : object.members()) {
      const Place::Step step(place_, member.key);
      auto read = read_member(member, prefix, inside, depth);
      if (!read) return read;
    }
    return {};
  }

  Read<void> read_member(const json::Member& member, const std::string& prefix, Inside inside, std::size_t depth) {
    if (or_key_ == OrKey::alternatives && member.key == or_name) return read_alternatives(member.value, prefix, depth);
    if (inside == Inside::alternatives && std::ranges::find(reserved, member.key) != reserved.end()) {
      return place_.refuse(fmt::format("{} is Ruler reserved fieldName which cannot be used inside $or.", member.key));
    }
    const std::string field = prefix.empty() ? std::string(member.key) : fmt::format("{}.{}", prefix, member.key);
    if (member.value.is_object()) return read_object(member.value, field, inside, depth + 1);
    if (member.value.is_array()) return read_field(member.value, field);
    return place_.refuse(fmt::format("\"{}\" must be an object or an array", member.key));
  }

  Read<void> read_field(const json::Value& values, const std::string& field) {
    auto matchers = read_matchers(values, place_);
    if (!matchers) return std::unexpected(std::move(matchers).error());
    if (program_.tests.size() == Marks::capacity) return place_.refuse("Rule is too complex", Reach::nowhere);
    const auto number = static_cast<std::uint16_t>(program_.tests.size());
    const bool if_absent = std::ranges::find(*matchers, Operator::absent, &Matcher::operation) != matchers->end();
    program_.tests.push_back({.field = field, .matchers = std::move(*matchers), .if_absent = if_absent});
    if (alternatives_.empty()) alternatives_.emplace_back();
    // What names a field again takes the place of what named it before.
    for (Alternative& alternative : alternatives_) alternative.insert_or_assign(field, number);
    return {};
  }

  Read<void> read_alternatives(const json::Value& branches, const std::string& prefix, std::size_t depth) {
    if (!branches.is_array()) return place_.refuse("It must be an Array followed with $or.");
    if (alternatives_.empty()) alternatives_.emplace_back();
    const std::vector<Alternative> before = std::move(alternatives_);
    std::vector<Alternative> after;
    for (std::size_t i = 0; i < branches.size(); ++i) {
      const Place::Step step(place_, i);
      const json::Value& branch = branches.elements()[i];
      if (!branch.is_object()) {
        return place_.refuse("Only JSON object is allowed in array of $or relationship.");
      }
      alternatives_ = before;
      auto read = read_object(branch, prefix, Inside::alternatives, depth + 1);
      if (!read) return read;
      if (after.size() + alternatives_.size() > max_alternatives) {
        return place_.refuse(fmt::format("Rule is too complex - $or gives more than {} combinations", max_alternatives),
                             Reach::nowhere);
      }
      std::ranges::move(alternatives_, std::back_inserter(after));
    }
    if (branches.size() < 2)
      return place_.refuse("There must have at least 2 Objects in $or relationship.", Reach::end);
    alternatives_ = std::move(after);
    return {};
  }

  void finish() {
    for (const Alternative& alternative : alternatives_) {
      Marks& tests = program_.alternatives.emplace_back();
      for (const auto& [field, test] : alternative) tests.add(test);
    }
    for (std::size_t i = 0; i < program_.tests.size(); ++i) {
      program_.nodes[node_of(program_.tests[i].field)].tests.push_back(static_cast<std::uint16_t>(i));
      if (program_.tests[i].if_absent) program_.if_absent.add(i);
    }
  }

  std::uint32_t node_of(std::string_view field) {
    std::uint32_t node = 0;
    while (true) {
      const std::size_t dot = field.find('.');
      node = child_of(node, field.substr(0, dot));
      if (dot == std::string_view::npos) return node;
      field.remove_prefix(dot + 1);
    }
  }

  std::uint32_t child_of(std::uint32_t node, std::string_view step) {
    auto& children = program_.nodes[node].children;
    const auto at =
        std::ranges::lower_bound(children, step, {}, [](const auto& child) -> std::string_view { return child.first; });
    if (at != children.end() && at->first == step) return at->second;
    const auto child = static_cast<std::uint32_t>(program_.nodes.size());
    children.emplace(at, step, child);
    program_.nodes.emplace_back();
    return child;
  }

  OrKey or_key_;
  Place place_;
  Program program_;
  std::vector<Alternative> alternatives_;
};

}  // namespace

Read<Program> compile_program(const json::Value& document, OrKey or_key) { return Compiler(or_key).compile(document); }

}  // namespace stepwell::event_pattern
