#include "generator.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace stepwell::differential {

namespace {

struct Found {
  std::string path;
  const Node* node;
};

void walk(const Node& node, const std::string& path, std::size_t depth, std::vector<Found>& out) {
  out.push_back({path, &node});
  if (depth == 3) return;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (node.is_object()) {
      walk(node.items[i], path + "." + node.keys[i], depth + 1, out);
    } else if (i < 2) {
      walk(node.items[i], path + fmt::format("[{}]", i), depth + 1, out);
    }
  }
}

std::vector<Found> fitting(const std::vector<Found>& all, Node::Kind wanted) {
  std::vector<Found> some;
  std::ranges::copy_if(all, std::back_inserter(some), [=](const Found& found) { return found.node->kind == wanted; });
  return some;
}

constexpr std::string_view kExecutionInput = "$$.Execution.Input";

}  // namespace

// A reference path to something of a kind: in the data, or (some fields take no path to the context) in what the
// execution began with; elsewhere when there is none.
std::string Generator::path(Place& place, Node::Kind wanted, Node* sample, Reach reach) {
  if (sample != nullptr) *sample = place.data;
  if (dice_.chance(1)) return std::string(dice_.pick({"$.missing", "$.missing.x", "$.n.x", "$.list[7]", "$.o.b.c.d"}));
  std::vector<Found> all;
  walk(place.data, "$", 0, all);
  std::vector<Found> from = fitting(all, wanted);
  if (from.empty() && reach == Reach::context && dice_.chance(92)) {
    std::vector<Found> given;
    walk(input_, std::string(kExecutionInput), 0, given);
    from = fitting(given, wanted);
  }
  if (from.empty()) from = std::move(all);
  const Found& chosen = from[dice_.below(from.size())];
  if (sample != nullptr) *sample = *chosen.node;
  return chosen.path;
}

// What needs no data.
Generator::Sampled Generator::constant(Node::Kind wanted) {
  switch (wanted) {
    case Node::Kind::null: return {"States.StringToJson('')", {}};
    case Node::Kind::boolean: return {"States.ArrayContains(States.Array(1, 2), 2)", Node::boolean(true)};
    case Node::Kind::number: return {"States.MathAdd(1, 1)", Node::number(2)};
    case Node::Kind::string: return {"States.Format('t')", Node::string("t")};
    case Node::Kind::array: return {"States.Array(3, 1, 2)", Node::array({Node::number(3), Node::number(1)})};
    case Node::Kind::object: break;
  }
  return {"States.StringToJson('{\"a\":[1]}')", Node::object().set("a", Node::array({Node::number(1)}))};
}

std::optional<Generator::Sampled> Generator::of_variable(const Place& place, std::optional<Node::Kind> wanted) {
  std::vector<Found> all;
  const std::vector<Variable> variables = in_reach(place.scope);
  for (const Variable& variable : variables) walk(variable.sample, "$" + variable.name, 1, all);
  if (wanted) all = fitting(all, *wanted);
  if (all.empty()) return std::nullopt;
  const Found& chosen = all[dice_.below(all.size())];
  return Sampled{chosen.path, *chosen.node};
}

// An empty text when there is nothing of that kind.
Generator::Sampled Generator::of_context(const Place& place, std::optional<Node::Kind> wanted) {
  if (!wanted && dice_.chance(1)) return {"$$.Missing", {}};
  const Node number = Node::number(0), text = Node::string("text");
  std::vector<Found> all{
      {"$$.State.Name", &text},        {"$$.Execution.Name", &text},  {"$$.StateMachine.Name", &text},
      {"$$.State.EnteredTime", &text}, {"$$.Execution.Id", &text},    {"$$.Execution.StartTime", &text},
      {"$$.Execution.RoleArn", &text}, {"$$.StateMachine.Id", &text}, {"$$.Execution.RedriveCount", &number}};
  walk(input_, std::string(kExecutionInput), 1, all);
  if (place.retries) all.insert(all.end(), 3, {"$$.State.RetryCount", &number});
  if (place.scope.item != nullptr) {
    all.insert(all.end(), 3, {"$$.Map.Item.Index", &number});
    for (int i = 0; i < 4; ++i) walk(*place.scope.item, "$$.Map.Item.Value", 2, all);
  }
  if (wanted) all = fitting(all, *wanted);
  if (all.empty()) return {};
  const Found& chosen = all[dice_.below(all.size())];
  return {chosen.path, *chosen.node};
}

Generator::Sampled Generator::expression(Place& place, Node::Kind wanted, std::size_t depth) {
  const std::size_t kind = dice_.below(100);
  // What an intrinsic function is given must fit, mostly.
  const auto must_be = depth > 0 && dice_.chance(95) ? std::optional(wanted) : std::nullopt;
  if (kind < 12) {
    if (auto found = of_variable(place, must_be)) return *std::move(found);
  } else if (kind < 20) {
    if (Sampled found = of_context(place, must_be); !found.text.empty()) return found;
  }
  if (kind < 45 && depth < 2) return intrinsic(place, wanted, depth + 1);
  if (kind < 52 && wanted == Node::Kind::array) {
    const bool is_here = place.data.find("items") != nullptr && place.data.find("list") != nullptr;
    return {std::string(is_here || dice_.chance(10) ? "$" : kExecutionInput) +
                std::string(dice_.pick({".items[*].id", ".list[1:]", "..id", ".items[?(@.ok == true)]", ".list[*]",
                                        ".items[?(@.id > 1)].name"})),
            Node::array()};
  }
  Node sample;
  std::string text = path(place, wanted, &sample);
  if (sample.kind != wanted && dice_.chance(95)) return constant(wanted);
  return {std::move(text), std::move(sample)};
}

Generator::Sampled Generator::any_expression(Place& place) {
  static constexpr Node::Kind kinds[] = {Node::Kind::number, Node::Kind::string,  Node::Kind::array,
                                         Node::Kind::object, Node::Kind::boolean, Node::Kind::null};
  return expression(place, kinds[dice_.below(std::size(kinds))]);
}

std::string Generator::argument(Place& place, Node::Kind wanted, std::size_t depth) {
  if (dice_.chance(45)) {
    if (wanted == Node::Kind::number)
      return std::string(dice_.pick({"0", "1", "1", "2", "2", "3", "-1", "1.5", "2.49", "-0.5"}));
    if (wanted == Node::Kind::string)
      return std::string(dice_.pick({"'a'", "'x,y;z'", "''", "'it\\'s'", "'1'", "'{\"a\":[1]}'"}));
    if (wanted == Node::Kind::boolean) return dice_.chance(50) ? "true" : "false";
    if (wanted == Node::Kind::null) return "null";
  }
  return expression(place, wanted, depth).text;
}

Generator::Sampled Generator::intrinsic(Place& place, Node::Kind wanted, std::size_t depth) {
  const auto number = [&] { return argument(place, Node::Kind::number, depth); };
  const auto string = [&] { return argument(place, Node::Kind::string, depth); };
  const auto array = [&] { return argument(place, Node::Kind::array, depth); };
  const auto any = [&] { return argument(place, dice_.chance(50) ? Node::Kind::number : Node::Kind::string, depth); };
  switch (wanted) {
    case Node::Kind::number:
      if (dice_.chance(50)) return {fmt::format("States.MathAdd({}, {})", number(), number()), Node::number(3)};
      return {fmt::format("States.ArrayLength({})", array()), Node::number(2)};
    case Node::Kind::boolean:
      return {fmt::format("States.ArrayContains({}, {})", array(), any()), Node::boolean(false)};
    case Node::Kind::object:
      return {fmt::format("States.JsonMerge({}, {}, false)", argument(place, Node::Kind::object, depth),
                          argument(place, Node::Kind::object, depth)),
              Node::object()};
    case Node::Kind::array:
      switch (dice_.below(6)) {
        case 0: return {fmt::format("States.Array({}, {})", any(), array()), Node::array({Node(), Node::array()})};
        case 1:
          return {fmt::format("States.ArrayRange({}, {}, {})", number(), number(), dice_.chance(80) ? "1" : number()),
                  Node::array({Node::number(1)})};
        case 2:
          return {fmt::format("States.ArrayPartition({}, {})", array(), dice_.chance(92) ? "2" : number()),
                  Node::array()};
        case 3: return {fmt::format("States.ArrayUnique({})", array()), Node::array()};
        case 4:
          return {fmt::format("States.StringSplit({}, {})", string(), dice_.pick({"','", "', '", "';'", "''"})),
                  Node::array({Node::string("a")})};
        default: return {"States.Array()", Node::array()};
      }
    case Node::Kind::null:
      return {fmt::format("States.ArrayGetItem({}, {})", array(), dice_.chance(80) ? "0" : number()), Node()};
    case Node::Kind::string: break;
  }
  switch (dice_.below(6)) {
    case 0: return {fmt::format("States.Format('{{}} and {{}}', {}, {})", any(), array()), Node::string("a and b")};
    case 1: return {fmt::format("States.Format('\\{{{{}}\\}}', {})", any()), Node::string("{a}")};
    case 2: return {fmt::format("States.JsonToString({})", array()), Node::string("[1]")};
    case 3:
      return {fmt::format("States.StringToJson({})", dice_.chance(95) ? "'{\"a\":1}'" : string()), Node::object()};
    case 4: return {fmt::format("States.Base64Encode({})", string()), Node::string("YQ==")};
    default: return {fmt::format("States.Hash({}, 'SHA-256')", any()), Node::string("00")};
  }
}

// A payload template.
Node Generator::payload(Place& place, Node& sample) {
  Node body = Node::object();
  sample = Node::object();
  for (std::size_t i = 1 + dice_.below(4); i > 0; --i) {
    const std::string key(dice_.pick({"a", "b", "n", "s", "list", "o", "value", "Key1", "name", "items"}));
    if (body.find(key) != nullptr || body.find(key + ".$") != nullptr) continue;
    const std::size_t kind = dice_.below(10);
    if (kind < 6) {
      const Sampled text = any_expression(place);
      body.set(key + ".$", text.text);
      sample.set(key, text.sample);
    } else if (kind < 8) {
      sample.set(key, body.set(key, value()).items.back());
    } else {
      const Sampled text = any_expression(place);
      Node inner = Node::object();
      inner.set("x.$", text.text).set("y", value(1));
      const bool in_array = dice_.chance(50);
      body.set(key, in_array ? Node::array({inner, value(1)}) : inner);
      Node made = Node::object();
      made.set("x", text.sample).set("y", *inner.find("y"));
      sample.set(key, in_array ? Node::array({made}) : made);
    }
  }
  return body;
}

Node Generator::condition(Place& place, std::size_t depth) {
  Node rule = Node::object();
  const std::size_t kind = dice_.below(depth < 2 ? 10 : 7);
  if (kind >= 7) {
    if (kind == 9) return rule.set("Not", condition(place, depth + 1));
    Node parts = Node::array();
    for (std::size_t i = 1 + dice_.below(3); i > 0; --i) parts.items.push_back(condition(place, depth + 1));
    return rule.set(kind == 7 ? "And" : "Or", parts);
  }
  if (kind == 0) {
    rule.set("Variable", dice_.chance(50) ? std::string(dice_.pick({"$.missing", "$.n", "$.list[5]", "$.o.b.q"}))
                                          : path(place, Node::Kind::object, nullptr));
    return rule.set("IsPresent", Node::boolean(dice_.chance(70)));
  }
  if (kind == 1) {
    rule.set("Variable", path(place, dice_.chance(50) ? Node::Kind::null : Node::Kind::string, nullptr));
    return rule.set(dice_.pick({"IsNull", "IsString", "IsNumeric", "IsBoolean", "IsTimestamp"}),
                    Node::boolean(dice_.chance(60)));
  }
  const std::string_view family = dice_.pick({"Numeric", "Numeric", "String", "Boolean", "Timestamp"});
  std::string name =
      family == "Boolean"
          ? "BooleanEquals"
          : std::string(family) +
                std::string(dice_.pick({"Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"}));
  const Node::Kind type = family == "Numeric"   ? Node::Kind::number
                          : family == "Boolean" ? Node::Kind::boolean
                                                : Node::Kind::string;
  std::string variable = path(place, type, nullptr);
  if (dice_.chance(15)) variable = expression(place, type, 2).text;
  if (variable.starts_with("States.")) variable = "$.n";
  if (variable.find_first_of("*:?") != variable.npos || variable.find("..") != variable.npos) variable = "$.n";
  rule.set("Variable", variable);
  if (family == "String" && dice_.chance(20))
    return rule.set("StringMatches", dice_.pick({"a*", "*", "*b*c", "\\*", "x*y"}));
  if (dice_.chance(25)) return rule.set(name + "Path", path(place, type, nullptr));
  if (family == "Numeric")
    return rule.set(name, Node::number(std::string(dice_.pick({"0", "1", "1.0", "2", "-1", "1.5"}))));
  if (family == "Boolean") return rule.set(name, Node::boolean(dice_.chance(50)));
  if (family == "String") return rule.set(name, dice_.pick({"abc", "a", "", "b"}));
  return rule.set(name,
                  dice_.pick({"2023-11-14T22:13:23Z", "2023-11-14T23:13:23+01:00", "2024-01-01T00:00:00.123456Z"}));
}

}  // namespace stepwell::differential
