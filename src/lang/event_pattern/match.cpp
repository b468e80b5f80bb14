#include "lang/event_pattern/pattern.h"
#include "lang/event_pattern/program.h"

#include <algorithm>

namespace stepwell::event_pattern {
namespace {

constexpr std::uint64_t max_steps = 4'000'000;
constexpr std::size_t max_sets = 256;

// The sets of tests that pass together. Of two sets that are part of each other the larger one is kept. There is more
// than one only where elements of an array pass different tests.
using Sets = std::vector<Marks>;

class Walk {
 public:
  explicit Walk(const Program& program) : program_(program) {}

  bool run(const json::Value& event) {
    Sets sets(1);
    walk(event, 0, sets);
    if (budget_.left() == 0) return false;
    const Marks absent = program_.if_absent.without(present_);
    return std::ranges::any_of(sets, [&](Marks passed) {
      passed |= absent;
      return std::ranges::any_of(program_.alternatives, [&](const Marks& all) { return passed.contains(all); });
    });
  }

 private:
  static bool is_leaf(const json::Value& value) { return !value.is_object() && !value.is_array(); }

  void walk(const json::Value& value, std::uint32_t node, Sets& sets) {
    if (!budget_.spend(1)) return;
    if (value.is_object()) {
      for (const json::Member& member : value.members()) {
        if (const auto child = find(node, member.key)) walk(member.value, *child, sets);
      }
    } else if (value.is_array()) {
      walk_elements(value, node, sets);
    } else {
      add(sets, passed(value, node));
    }
  }

  // Elements that are objects (or arrays of them) are taken one at a time, the others all at once.
  void walk_elements(const json::Value& array, std::uint32_t node, Sets& sets) {
    Marks leaves;
    Sets choices;
    for (const json::Value& element : array.elements()) {
      if (!budget_.spend(1)) return;
      if (is_leaf(element)) {
        leaves |= passed(element, node);
        continue;
      }
      Sets inner(1);
      walk(element, node, inner);
      for (const Marks& marks : inner) keep(choices, marks);
    }
    add(sets, leaves);
    if (choices.size() == 1) return add(sets, choices.front());
    if (choices.empty()) return;
    Sets combined;
    for (const Marks& before : sets) {
      for (Marks marks : choices) keep(combined, marks |= before);
    }
    sets = std::move(combined);
  }

  Marks passed(const json::Value& leaf, std::uint32_t node) {
    Marks passed;
    for (const std::uint16_t test : program_.nodes[node].tests) {
      present_.add(test);
      const auto fits = [&](const Matcher& matcher) { return budget_.spend(1) && matcher.fits(leaf, budget_); };
      if (std::ranges::any_of(program_.tests[test].matchers, fits)) passed.add(test);
    }
    return passed;
  }

  static void add(Sets& sets, const Marks& marks) {
    if (marks.empty()) return;
    for (Marks& set : sets) set |= marks;
  }

  void keep(Sets& sets, const Marks& marks) {
    if (!budget_.spend(1 + sets.size())) return;
    if (std::ranges::any_of(sets, [&](const Marks& set) { return set.contains(marks); })) return;
    std::erase_if(sets, [&](const Marks& set) { return marks.contains(set); });
    if (sets.size() < max_sets) sets.push_back(marks);
  }

  // The node that a key leads to, which may be several steps.
  std::optional<std::uint32_t> find(std::uint32_t node, std::string_view key) const {
    while (true) {
      const std::size_t dot = key.find('.');
      const std::string_view step = key.substr(0, dot);
      const auto& children = program_.nodes[node].children;
      const auto at = std::ranges::lower_bound(children, step, {},
                                               [](const auto& child) -> std::string_view { return child.first; });
      if (at == children.end() || at->first != step) return std::nullopt;
      node = at->second;
      if (dot == std::string_view::npos) return node;
      key.remove_prefix(dot + 1);
    }
  }

  const Program& program_;
  Budget budget_{max_steps};
  Marks present_;
};

}  // namespace

bool matches(const Pattern& pattern, const json::Value& event) {
  return event.is_object() && Walk(pattern.program()).run(event);
}

}  // namespace stepwell::event_pattern
