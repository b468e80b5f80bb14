#pragma once
// A compiled pattern: a tree of the fields that it names, tests at its nodes, and the sets of tests of which one has to
// pass whole.

#include "lang/event_pattern/marks.h"
#include "lang/event_pattern/matcher.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace stepwell::event_pattern {

// The values of one field, of which one has to fit.
struct Test {
  std::string field;  // a.b.c
  std::vector<Matcher> matchers;
  bool if_absent = false;  // passes where the event has no such field
};

struct Node {
  std::vector<std::pair<std::string, std::uint32_t>> children;  // by the steps between the dots, sorted
  std::vector<std::uint16_t> tests;
};

struct Program {
  std::vector<Node> nodes = {Node{}};  // the first is the root
  std::vector<Test> tests;
  std::vector<Marks> alternatives;
  Marks if_absent;  // the tests that an absent field passes
};

}  // namespace stepwell::event_pattern
