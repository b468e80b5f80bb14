#include "shrink.h"

namespace stepwell::differential {

namespace {

// Where a node stands below another: the positions to go down.
using Way = std::vector<std::size_t>;

void collect(const Node& node, const Way& way, std::vector<Way>& out) {
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    Way below = way;
    below.push_back(i);
    out.push_back(below);
    collect(node.items[i], below, out);
  }
}

Node* go(Node& root, const Way& way) {
  Node* at = &root;
  for (const std::size_t step : way) {
    if (step >= at->items.size()) return nullptr;
    at = &at->items[step];
  }
  return at;
}

void rename(Node& node, const std::string& from, const std::string& to) {
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    Node& item = node.items[i];
    const bool is_target =
        node.is_object() && (node.keys[i] == "Next" || node.keys[i] == "Default" || node.keys[i] == "StartAt");
    if (is_target && item.kind == Node::Kind::string && item.text == from) {
      if (!to.empty()) {
        item.text = to;
      } else if (node.keys[i] == "Next" && node.find("Type") != nullptr) {
        node.keys[i] = "End";
        item = Node::boolean(true);
      }
    }
    rename(item, from, to);
  }
}

// The state at `way` left out, what leads to it leading to what it leads to.
bool bypass(Node& definition, const Way& way) {
  Node* states = go(definition, Way(way.begin(), way.end() - 1));
  if (states == nullptr || !states->is_object() || way.back() >= states->items.size()) return false;
  const Node& state = states->items[way.back()];
  if (!state.is_object() || state.find("Type") == nullptr) return false;
  const Node* next = state.find("Next");
  if (next == nullptr) next = state.find("Default");
  const std::string target = next == nullptr ? "" : next->text;
  const std::string name = states->keys[way.back()];
  states->erase_at(way.back());
  rename(definition, name, target);
  return true;
}

// One pass of a kind of change over every place below `root`; true when one was kept.
template <typename Change>
bool pass(Case& value, Node Case::* part, const std::function<bool(const Case&)>& differs, Change change) {
  bool changed = false;
  std::vector<Way> ways;
  collect(value.*part, {}, ways);
  for (std::size_t i = ways.size(); i-- > 0;) {
    Case candidate = value;
    if (!change(candidate.*part, ways[i]) || !differs(candidate)) continue;
    value = std::move(candidate);
    changed = true;
  }
  return changed;
}

bool leave_out(Node& root, const Way& way) {
  Node* parent = go(root, Way(way.begin(), way.end() - 1));
  if (parent == nullptr || way.back() >= parent->items.size()) return false;
  parent->erase_at(way.back());
  return true;
}

bool simplify(Node& root, const Way& way) {
  Node* node = go(root, way);
  if (node == nullptr) return false;
  if (node->is_object() && node->find("Type") != nullptr) {
    // A state becomes a Pass state that goes where it went.
    if (node->find("Type")->text == "Pass") return false;
    Node simple = Node::object();
    simple.set("Type", "Pass");
    if (const Node* next = node->find("Next")) {
      simple.set("Next", *next);
    } else if (const Node* otherwise = node->find("Default")) {
      simple.set("Next", *otherwise);
    } else {
      simple.set("End", Node::boolean(true));
    }
    *node = simple;
    return true;
  }
  if ((node->is_object() || node->is_array()) && !node->items.empty()) {
    *node = node->is_object() ? Node::object() : Node::array();
    return true;
  }
  return false;
}

}  // namespace

Case shrink(Case value, const std::function<bool(const Case&)>& differs) {
  for (int rounds = 0; rounds < 8; ++rounds) {
    bool changed = pass(value, &Case::definition, differs, bypass);
    changed |= pass(value, &Case::definition, differs, leave_out);
    changed |= pass(value, &Case::definition, differs, simplify);
    changed |= pass(value, &Case::worker, differs, leave_out);
    changed |= pass(value, &Case::input, differs, leave_out);
    changed |= pass(value, &Case::input, differs, simplify);
    if (!changed) break;
  }
  return value;
}

}  // namespace stepwell::differential
