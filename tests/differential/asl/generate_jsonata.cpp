#include "generator.h"

#include <fmt/format.h>

namespace stepwell::differential {

namespace {

struct Found {
  std::string text;
  const Node* node;
};

void walk(const Node& node, const std::string& text, std::size_t depth, std::vector<Found>& out) {
  out.push_back({text, &node});
  if (depth == 3) return;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (node.is_object()) {
      walk(node.items[i], text + "." + node.keys[i], depth + 1, out);
    } else if (i < 2) {
      walk(node.items[i], text + fmt::format("[{}]", i), depth + 1, out);
    }
  }
}

}  // namespace

Generator::Sampled Generator::query(Place& place, Node::Kind wanted, std::size_t depth) {
  if (depth == 0 && dice_.chance(1)) {
    return {std::string(dice_.pick(
                {"$states.input.missing", "$number('x')", "1 + 'a'", "$nothing", "$sum", "$states.input.list[9]"})),
            {}};
  }
  if (depth < 2 && dice_.chance(40)) {
    const auto number = [&] { return query(place, Node::Kind::number, depth + 1).text; };
    const auto string = [&] { return query(place, Node::Kind::string, depth + 1).text; };
    const auto array = [&] { return query(place, Node::Kind::array, depth + 1).text; };
    switch (wanted) {
      case Node::Kind::number:
        switch (dice_.below(4)) {
          case 0: return {fmt::format("({} + {})", number(), number()), Node::number(3)};
          case 1: return {fmt::format("$count({})", array()), Node::number(2)};
          case 2: return {fmt::format("({} > 1 ? {} : 0)", number(), number()), Node::number(1)};
          default: return {std::string(dice_.pick({"0", "1", "2", "1.5", "-1"})), Node::number(1)};
        }
      case Node::Kind::string:
        switch (dice_.below(3)) {
          case 0: return {fmt::format("({} & '-' & {})", string(), number()), Node::string("a-1")};
          case 1: return {fmt::format("$string({})", array()), Node::string("[1]")};
          default:
            return {std::string(
                        dice_.pick({"'a'", "'abc'", "$states.context.State.Name", "$states.context.Execution.Name"})),
                    Node::string("a")};
        }
      case Node::Kind::array:
        switch (dice_.below(4)) {
          case 0:
            return {fmt::format("[{}, {}]", number(), string()), Node::array({Node::number(1), Node::string("a")})};
          case 1: return {fmt::format("$append({}, [1, 2])", array()), Node::array({Node::number(1), Node::number(2)})};
          case 2:
            return {fmt::format("[$map({}, function($v) {{ $string($v) }})]", array()),
                    Node::array({Node::string("a")})};
          default: return {"[1..3]", Node::array({Node::number(1), Node::number(2), Node::number(3)})};
        }
      case Node::Kind::object:
        return {fmt::format("{{ 'n': {}, 's': {}, 'list': {} }}", number(), string(), array()),
                Node::object().set("n", Node::number(1)).set("s", "a").set("list", Node::array())};
      case Node::Kind::boolean: return {fmt::format("({} = {})", number(), number()), Node::boolean(false)};
      case Node::Kind::null: break;
    }
  }
  std::vector<Found> all;
  walk(place.data, "$states.input", 0, all);
  const std::vector<Variable> variables = in_reach(place.scope);
  for (const Variable& variable : variables) walk(variable.sample, "$" + variable.name, 1, all);
  if (place.result != nullptr) walk(*place.result, place.in_catch ? "$states.errorOutput" : "$states.result", 1, all);
  walk(input_, "$states.context.Execution.Input", 1, all);
  const Node index = Node::number(0);
  if (place.scope.item != nullptr) {
    all.push_back({"$states.context.Map.Item.Index", &index});
    walk(*place.scope.item, "$states.context.Map.Item.Value", 2, all);
  }
  std::vector<Found> fitting;
  for (const Found& found : all) {
    if (found.node->kind == wanted) fitting.push_back(found);
  }
  if (fitting.empty() && dice_.chance(95)) {
    if (wanted == Node::Kind::boolean) return {"true", Node::boolean(true)};
    if (wanted == Node::Kind::object) return {"{ 'n': 1 }", Node::object().set("n", Node::number(1))};
    if (wanted == Node::Kind::number) return {"1", Node::number(1)};
    if (wanted == Node::Kind::string) return {"'t'", Node::string("t")};
    if (wanted == Node::Kind::array) return {"[1, 2]", Node::array({Node::number(1), Node::number(2)})};
  }
  const std::vector<Found>& from = fitting.empty() ? all : fitting;
  const Found& chosen = from[dice_.below(from.size())];
  return {chosen.text, *chosen.node};
}

// A value with expressions in it.
Node Generator::query_payload(Place& place, Node& sample) {
  static constexpr Node::Kind kinds[] = {Node::Kind::number, Node::Kind::string, Node::Kind::array, Node::Kind::object,
                                         Node::Kind::boolean};
  const auto any = [&] { return query(place, kinds[dice_.below(std::size(kinds))]); };
  if (dice_.chance(25)) {
    const Sampled text = any();
    sample = text.sample;
    return Node::string("{% " + text.text + " %}");
  }
  Node body = Node::object();
  Node made = Node::object();
  for (std::size_t i = 1 + dice_.below(4); i > 0; --i) {
    const std::string key(dice_.pick({"a", "b", "n", "s", "list", "o", "value", "name", "items"}));
    const std::size_t kind = dice_.below(10);
    if (kind < 7) {
      const Sampled text = any();
      body.set(key, "{% " + text.text + " %}");
      made.set(key, text.sample);
    } else if (kind < 9) {
      const Node constant = value(1);
      body.set(key, constant);
      made.set(key, constant);
    } else {
      const Sampled text = any();
      body.set(key, Node::array({Node::string("{% " + text.text + " %}"), value(1)}));
      made.set(key, Node::array({text.sample}));
    }
  }
  sample = made;
  return body;
}

std::string Generator::query_condition(Place& place) {
  const std::string number = query(place, Node::Kind::number).text;
  switch (dice_.below(6)) {
    case 0: return fmt::format("{{% {} > 1 %}}", number);
    case 1: return fmt::format("{{% {} = 'abc' %}}", query(place, Node::Kind::string).text);
    case 2: return fmt::format("{{% $exists($states.input.missing) or {} >= 0 %}}", number);
    case 3: return fmt::format("{{% {} in {} %}}", number, query(place, Node::Kind::array).text);
    case 4: return fmt::format("{{% {} %}}", query(place, Node::Kind::boolean).text);
    default: return fmt::format("{{%{} <= 2 and $boolean({})%}}", number, query(place, Node::Kind::array).text);
  }
}

}  // namespace stepwell::differential
