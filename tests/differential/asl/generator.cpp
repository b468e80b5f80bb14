#include "generator.h"

#include <fmt/format.h>

namespace stepwell::differential {

namespace {

constexpr std::size_t kDeepest = 3;

Node sample_input(Dice& dice) {
  Node list = Node::array();
  for (std::size_t i = dice.below(5); i > 0; --i)
    list.items.push_back(Node::number(static_cast<std::int64_t>(dice.below(9))));
  Node items = Node::array();
  for (std::size_t i = dice.below(4); i > 0; --i) {
    Node item = Node::object();
    item.set("id", Node::number(static_cast<std::int64_t>(i))).set("ok", Node::boolean(dice.chance(60)));
    item.set("name", dice.pick({"x", "y", "z"}));
    items.items.push_back(item);
  }
  Node inner = Node::object();
  inner.set("c", "deep").set("d", Node::number(dice.chance(50) ? "1.5" : "2"));
  Node object = Node::object();
  object.set("a", Node::number(1)).set("b", inner).set("when", "2023-11-14T22:13:23Z");
  Node input = Node::object();
  input.set("n", Node::number(static_cast<std::int64_t>(dice.below(4))))
      .set("s", dice.pick({"abc", "a,b,,c", "", "{\"k\":1}"}));
  input.set("b", Node::boolean(dice.chance(50)))
      .set("list", list)
      .set("o", object)
      .set("items", items)
      .set("z", Node());
  return input;
}

}  // namespace

Case Generator::make() {
  Case result;
  input_ = sample_input(dice_);
  if (dice_.chance(2)) input_ = value();
  all_jsonata_ = dice_.chance(30);
  Scope scope;
  Node data = input_;
  Node machine = block(scope, data, 5);
  if (all_jsonata_) machine.set("QueryLanguage", "JSONata");
  if (dice_.chance(5)) machine.set("TimeoutSeconds", Node::number(static_cast<std::int64_t>(1 + dice_.below(4))));
  result.definition = std::move(machine);
  result.input = input_;
  result.worker = std::move(worker_);
  return result;
}

// Main states one after the other; rules and catchers lead forward or aside.
Node Generator::block(Scope& scope, Node& data, std::size_t most_states) {
  Draft draft;
  const std::size_t count = 1 + dice_.below(most_states);
  std::vector<std::string> types, names;
  for (std::size_t i = 0; i < count; ++i) {
    const bool last = i + 1 == count;
    std::string_view type =
        dice_.pick({"Pass", "Pass", "Task", "Task", "Task", "Choice", "Wait", "Parallel", "Map", "Map"});
    if (last)
      type = dice_.pick({"Pass", "Pass", "Task", "Task", "Task", "Pass", "Pass", "Succeed", "Succeed", "Succeed",
                         "Wait", "Parallel", "Parallel", "Map", "Map", "Map"});
    if (last && dice_.chance(3)) type = "Fail";
    if (scope.depth == kDeepest && (type == "Parallel" || type == "Map")) type = "Task";
    types.emplace_back(type);
    names.push_back(new_name(type));
  }
  for (std::size_t i = 0; i < count; ++i) {
    draft.later.assign(names.begin() + static_cast<std::ptrdiff_t>(i) + 1, names.end());
    Node state = Node::object();
    state.set("Type", types[i]);
    draft.states.set(names[i], state);
    fill(*draft.states.find(names[i]), draft, scope, data, i + 1 == count);
  }
  for (auto& [name, state] : draft.aside) draft.states.set(name, std::move(state));
  Node result = Node::object();
  result.set("StartAt", names.front()).set("States", std::move(draft.states));
  return result;
}

// Where a rule or a catcher leads.
std::string Generator::target(Draft& draft, Scope& scope, const Node& data) {
  if (!draft.later.empty() && dice_.chance(30)) return draft.later[dice_.below(draft.later.size())];
  const std::string_view type = dice_.pick({"Pass", "Pass", "Pass", "Pass", "Succeed", "Succeed", "Succeed", "Fail"});
  std::string name = new_name(type);
  Node state = Node::object();
  state.set("Type", type);
  Draft alone;
  alone.states.set(name, state);
  Node sample = data;
  fill(*alone.states.find(name), alone, scope, sample, true);
  draft.aside.emplace_back(name, *alone.states.find(name));
  return name;
}

std::string Generator::new_name(std::string_view type) { return fmt::format("{}{}", type, ++names_); }

void Generator::remember(Scope& scope, const std::string& name, Node sample) {
  for (Variable& variable : scope.variables) {
    if (variable.name != name) continue;
    variable.sample = std::move(sample);
    return;
  }
  scope.variables.push_back({name, std::move(sample)});
}

void Generator::forget_since(Scope& scope, std::vector<Variable> before) {
  if (dice_.chance(95)) scope.variables = std::move(before);
}

std::vector<Generator::Variable> Generator::in_reach(const Scope& scope) const {
  std::vector<Variable> all;
  for (const Scope* at = &scope; at != nullptr; at = at->parent) {
    all.insert(all.end(), at->variables.begin(), at->variables.end());
  }
  return all;
}

}  // namespace stepwell::differential
