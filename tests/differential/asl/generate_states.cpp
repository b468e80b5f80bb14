#include "generator.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::differential {

// What stands in a sample after ResultPath.
void Generator::put(Node& data, std::string_view path, const Node& result) {
  if (path == "$") {
    data = result;
  } else if (data.is_object() && path.find_first_of(".[", 2) == path.npos) {
    data.set(path.substr(2), result);
  }
}

Node Generator::value(std::size_t depth) {
  switch (dice_.below(depth < 2 ? 10 : 6)) {
    case 0: return {};
    case 1: return Node::boolean(dice_.chance(50));
    case 2: return Node::number(std::string(dice_.pick({"0", "1", "2", "-1", "1.5", "3", "10", "2.5"})));
    case 3: return Node::number(static_cast<std::int64_t>(dice_.below(5)));
    case 4:
    case 5: return Node::string(std::string(dice_.pick({"", "a", "abc", "x y", "1", "2023-11-14T22:13:22Z", "E1"})));
    case 6:
    case 7: {
      Node array = Node::array();
      const bool alike = dice_.chance(75);
      for (std::size_t i = dice_.below(4); i > 0; --i)
        array.items.push_back(alike && !array.items.empty() ? like(array.items.front()) : value(depth + 1));
      return array;
    }
    default: {
      Node object = Node::object();
      for (std::size_t i = dice_.below(4); i > 0; --i)
        object.set(dice_.pick({"a", "b", "n", "s", "list", "o"}), value(depth + 1));
      return object;
    }
  }
}

// A value of the same form, mostly.
Node Generator::like(const Node& model) {
  if (dice_.chance(3)) return value(1);
  switch (model.kind) {
    case Node::Kind::null: return {};
    case Node::Kind::boolean: return Node::boolean(dice_.chance(50));
    case Node::Kind::number:
      return dice_.chance(50) ? model : Node::number(std::string(dice_.pick({"0", "1", "2", "-1", "1.5", "3", "10"})));
    case Node::Kind::string:
      return dice_.chance(50) ? model : Node::string(std::string(dice_.pick({"", "a", "abc", "x y", "b", "E1"})));
    case Node::Kind::array:
    case Node::Kind::object: break;
  }
  Node made = model;
  for (Node& item : made.items) item = like(item);
  return made;
}

void Generator::fill(Node& state, Draft& draft, Scope& scope, Node& data, bool last) {
  const std::string type = state.find("Type")->text;
  const std::string name = draft.states.keys.back();
  const bool jsonata = all_jsonata_ || dice_.chance(25);
  const bool retries = type == "Task" || type == "Map" || type == "Parallel";
  if (jsonata && !all_jsonata_) state.set("QueryLanguage", "JSONata");
  const std::string next = draft.later.empty() ? "" : draft.later.front();

  // The samples of the input stay what they are while the state is made.
  const Node raw = data;
  Node effective = data;
  Node made = std::move(state);
  if (!jsonata && type != "Fail" && dice_.chance(12)) {
    Place whole{.scope = scope, .data = raw, .raw = raw, .name = name};
    if (dice_.chance(10)) {
      made.set("InputPath", Node());
      effective = Node::object();
    } else {
      made.set("InputPath", path(whole, dice_.chance(80) ? Node::Kind::object : Node::Kind::array, &effective));
    }
  }
  data = effective;
  Place at{.scope = scope, .data = effective, .raw = raw, .name = name, .jsonata = jsonata, .retries = retries};
  if (type == "Pass") fill_pass(made, at, data);
  if (type == "Succeed") add_exit(made, at, data, true);
  if (type == "Fail") fill_fail(made, at);
  if (type == "Task") fill_task(made, at, draft, data);
  if (type == "Choice") fill_choice(made, at, draft, data);
  if (type == "Wait") fill_wait(made, at, data);
  if (type == "Parallel") fill_parallel(made, at, draft, data);
  if (type == "Map") fill_map(made, at, draft, data);
  if (type != "Choice" && type != "Succeed" && type != "Fail") {
    if (last) {
      made.set("End", Node::boolean(true));
    } else {
      made.set("Next", next);
    }
  }
  *draft.states.find(name) = std::move(made);
}

void Generator::fill_pass(Node& state, Place& place, Node& data) {
  Node result = place.data;
  if (!place.jsonata) {
    if (dice_.chance(40)) {
      state.set("Parameters", payload(place, result));
    } else if (dice_.chance(40)) {
      result = value();
      state.set("Result", result);
    }
  }
  place.result = nullptr;
  data = result;
  if (!place.jsonata && dice_.chance(place.raw.is_object() ? 40 : 4)) {
    const std::string_view where =
        dice_.pick({"$.r", "$.p", "$.o.r", "$.q", "$.r", "$.r", "$.q", "$", "$.n.x", "$.list[0]"});
    state.set("ResultPath", where);
    data = place.raw;
    put(data, where, result);
  }
  add_exit(state, place, data, true);
}

void Generator::fill_task(Node& state, Place& place, Draft& draft, Node& data) {
  const std::size_t kind = dice_.below(10);
  if (kind < 6) {
    state.set("Resource", "arn:aws:lambda:us-east-1:123456789012:function:" + place.name);
  } else if (kind < 8) {
    state.set("Resource", "arn:aws:states:us-east-1:123456789012:activity:" + place.name);
  } else {
    state.set("Resource", "arn:aws:states:::sqs:sendMessage");
  }
  Node arguments = place.data;
  if (kind >= 8 || dice_.chance(50)) {
    const std::string_view field = place.jsonata ? "Arguments" : "Parameters";
    Node body = place.jsonata ? query_payload(place, arguments) : payload(place, arguments);
    if (kind >= 8) {
      if (!body.is_object()) body = Node::object();
      body.set("QueueUrl", "q").set("MessageBody", "m");
    }
    state.set(field, body);
  }
  const bool timeout = dice_.chance(25);
  if (timeout) add_number(state, place, "TimeoutSeconds", static_cast<std::int64_t>(3 + dice_.below(3)));
  if (dice_.chance(12)) add_number(state, place, "HeartbeatSeconds", static_cast<std::int64_t>(1 + dice_.below(2)));

  Node result = arguments;
  std::string error;
  worker_.set(place.name, script(result, error));
  place.result = &result;
  data = result;
  if (!place.jsonata) {
    if (dice_.chance(20)) {
      Place inside{
          .scope = place.scope, .data = result, .raw = result, .name = place.name, .jsonata = false, .retries = true};
      state.set("ResultSelector", payload(inside, data));
    }
    if (dice_.chance(place.raw.is_object() ? 45 : 4)) {
      const std::string_view where =
          dice_.pick({"$.r", "$.t", "$.o.r", "$.o.b.x", "$.q", "$.r", "$.r", "$", "$.n.x", "$.list[1]"});
      const Node placed = data;
      data = place.raw;
      put(data, where, placed);
      state.set("ResultPath", where);
    } else if (dice_.chance(10)) {
      state.set("ResultPath", Node());
      data = place.raw;
    }
  }
  add_errors(state, place, draft, error);
  add_exit(state, place, data, true);
}

void Generator::fill_choice(Node& state, Place& place, Draft& draft, Node& data) {
  Node rules = Node::array();
  const std::size_t count = 1 + dice_.below(3);
  const bool otherwise = dice_.chance(90);
  for (std::size_t i = 0; i < count; ++i) {
    const std::vector<Variable> before = place.scope.variables;
    Node rule = Node::object();
    if (place.jsonata) {
      rule.set("Condition", dice_.chance(8) ? Node::boolean(dice_.chance(50)) : Node::string(query_condition(place)));
      if (dice_.chance(25)) {
        Node ignored;
        rule.set("Output", query_payload(place, ignored));
      }
    } else {
      rule = condition(place, 0);
    }
    if (dice_.chance(25)) add_assign(rule, place);
    rule.set("Next", i == 0 && !otherwise ? draft.later.front() : target(draft, place.scope, place.data));
    rules.items.push_back(rule);
    forget_since(place.scope, before);
  }
  state.set("Choices", rules);
  if (otherwise) state.set("Default", draft.later.front());
  add_exit(state, place, data, true);
}

void Generator::fill_wait(Node& state, Place& place, Node& data) {
  const std::size_t kind = dice_.below(10);
  const std::string_view time =
      dice_.pick({"2023-11-14T22:13:21Z", "2023-11-14T22:13:23.5Z", "2020-01-01T00:00:00+01:00"});
  if (kind < 3) {
    state.set("Seconds", Node::number(static_cast<std::int64_t>(dice_.below(4))));
  } else if (kind < 5) {
    state.set("Timestamp", time);
  } else if (place.jsonata) {
    const bool seconds = kind < 8;
    const Sampled text = query(place, seconds ? Node::Kind::number : Node::Kind::string);
    const std::string written =
        dice_.chance(80) ? seconds ? "$count($states.input.list)" : fmt::format("'{}'", time) : text.text;
    state.set(seconds ? "Seconds" : "Timestamp", "{% " + written + " %}");
  } else {
    const bool seconds = kind < 8;
    const Node* here = place.data.find(seconds ? "n" : "o");
    const bool fits = here != nullptr && (seconds ? here->kind == Node::Kind::number : here->find("when") != nullptr);
    Node sample;
    std::string where = path(place, seconds ? Node::Kind::number : Node::Kind::string, &sample, Reach::data);
    if (fits && dice_.chance(80)) {
      where = seconds ? "$.n" : "$.o.when";
    } else if (dice_.chance(seconds && sample.kind == Node::Kind::number ? 30 : 85)) {
      state.set("Seconds", Node::number(1));
      return add_exit(state, place, data, true);
    }
    state.set(seconds ? "SecondsPath" : "TimestampPath", where);
  }
  add_exit(state, place, data, true);
}

void Generator::fill_fail(Node& state, Place& place) {
  for (const std::string_view field : {"Error", "Cause"}) {
    const std::size_t kind = dice_.below(10);
    if (kind < 5) {
      state.set(field, dice_.pick({"E1", "E2", "Own"}));
    } else if (kind < 8) {
      if (place.jsonata) {
        state.set(field, "{% " + query(place, Node::Kind::string).text + " %}");
      } else {
        const Sampled text = dice_.chance(50) ? Sampled{path(place, Node::Kind::string, nullptr), {}}
                                              : intrinsic(place, Node::Kind::string, 0);
        const bool allowed = !text.text.starts_with("States.") || text.text.starts_with("States.Format") ||
                             text.text.starts_with("States.JsonToString");
        state.set(std::string(field) + "Path", allowed ? text.text : "$.s");
      }
    }
  }
}

void Generator::fill_parallel(Node& state, Place& place, Draft& draft, Node& data) {
  Node given = place.data;
  if (dice_.chance(30)) {
    state.set(place.jsonata ? "Arguments" : "Parameters",
              place.jsonata ? query_payload(place, given) : payload(place, given));
  }
  Node branches = Node::array();
  Node result = Node::array();
  for (std::size_t i = 1 + dice_.below(3); i > 0; --i) {
    Scope scope{.parent = &place.scope,
                .number = ++scopes_,
                .depth = place.scope.depth + 1,
                .variables = {},
                .item = place.scope.item};
    Node out = given;
    branches.items.push_back(block(scope, out, 3));
    result.items.push_back(out);
  }
  state.set("Branches", branches);
  place.result = &result;
  data = result;
  if (!place.jsonata && dice_.chance(place.raw.is_object() ? 40 : 4)) {
    state.set("ResultPath", "$.r");
    data = place.raw;
    put(data, "$.r", result);
  }
  add_errors(state, place, draft);
  add_exit(state, place, data, true);
}

void Generator::fill_map(Node& state, Place& place, Draft& draft, Node& data) {
  Node items = Node::array({Node::number(1), Node::number(2)});
  const bool old_names = !place.jsonata && dice_.chance(25);
  if (place.jsonata) {
    if (!place.data.is_array() || dice_.chance(80)) {
      if (dice_.chance(30)) {
        state.set("Items", items);
      } else {
        const Sampled text = query(place, Node::Kind::array);
        if (text.sample.is_array()) items = text.sample;
        state.set("Items", "{% " + text.text + " %}");
      }
    }
  } else if (!place.data.is_array() || dice_.chance(50)) {
    Node sample;
    std::string where = path(place, Node::Kind::array, &sample);
    if (!sample.is_array() && dice_.chance(85)) {
      where = "$$.Execution.Input.items";
      if (const Node* given = input_.find("items")) sample = *given;
    }
    if (sample.is_array()) items = sample;
    state.set("ItemsPath", where);
  } else {
    items = place.data;
  }
  Node item = items.items.empty() ? Node() : items.items.front();
  Node given = item;
  if (dice_.chance(45)) {
    Scope around{.parent = &place.scope,
                 .number = place.scope.number,
                 .depth = place.scope.depth,
                 .variables = {},
                 .item = &item};
    Place selecting{.scope = around,
                    .data = place.data,
                    .raw = place.raw,
                    .name = place.name,
                    .jsonata = place.jsonata,
                    .retries = true};
    state.set(old_names ? "Parameters" : "ItemSelector",
              place.jsonata ? query_payload(selecting, given) : payload(selecting, given));
  }
  if (dice_.chance(45)) add_number(state, place, "MaxConcurrency", static_cast<std::int64_t>(dice_.below(4)));
  if (dice_.chance(12)) add_number(state, place, "ToleratedFailureCount", static_cast<std::int64_t>(dice_.below(3)));
  if (dice_.chance(12))
    add_number(state, place, "ToleratedFailurePercentage", static_cast<std::int64_t>(dice_.below(5) * 25));

  Scope scope{
      .parent = &place.scope, .number = ++scopes_, .depth = place.scope.depth + 1, .variables = {}, .item = &item};
  Node out = given;
  Node processor = block(scope, out, 3);
  if (!old_names && dice_.chance(30)) processor.set("ProcessorConfig", Node::object().set("Mode", "INLINE"));
  state.set(old_names ? "Iterator" : "ItemProcessor", processor);
  Node result = Node::array(std::vector<Node>(std::min<std::size_t>(items.items.size(), 3), out));
  place.result = &result;
  data = result;
  if (!place.jsonata) {
    if (dice_.chance(12)) {
      Place inside{
          .scope = place.scope, .data = result, .raw = result, .name = place.name, .jsonata = false, .retries = true};
      state.set("ResultSelector", payload(inside, data));
    }
    if (dice_.chance(place.raw.is_object() ? 40 : 4)) {
      const Node placed = data;
      state.set("ResultPath", "$.m");
      data = place.raw;
      put(data, "$.m", placed);
    }
  }
  add_errors(state, place, draft);
  add_exit(state, place, data, true);
}

// OutputPath or Output, and Assign.
void Generator::add_exit(Node& fields, Place& place, Node& data, bool whole_state) {
  const std::string type = fields.find("Type") == nullptr ? "" : fields.find("Type")->text;
  if (place.jsonata) {
    if (dice_.chance(type == "Pass" || type == "Succeed" ? 60 : 35)) fields.set("Output", query_payload(place, data));
  } else if (whole_state && dice_.chance(12)) {
    const Node before = data;
    Place after{.scope = place.scope,
                .data = before,
                .raw = before,
                .name = place.name,
                .jsonata = false,
                .retries = place.retries};
    if (dice_.chance(8)) {
      fields.set("OutputPath", Node());
      data = Node::object();
    } else {
      fields.set("OutputPath", path(after, dice_.chance(80) ? Node::Kind::object : Node::Kind::array, &data));
    }
  }
  if (type != "Succeed" && dice_.chance(30)) add_assign(fields, place);
}

void Generator::add_assign(Node& fields, Place& place) {
  Node assign = Node::object();
  // What Assign sees of a JSONPath state is the result.
  const Node seen = place.result != nullptr ? *place.result : place.data;
  std::vector<Variable> made;
  for (std::size_t i = 1 + dice_.below(2); i > 0; --i) {
    const std::string name = fmt::format("v{}_{}", place.scope.number, dice_.below(3));
    if (std::ranges::any_of(made, [&](const Variable& variable) { return variable.name == name; })) continue;
    Node sample;
    if (place.jsonata) {
      assign.set(name, query_payload(place, sample));
    } else if (dice_.chance(70)) {
      Place inside{.scope = place.scope,
                   .data = seen,
                   .raw = seen,
                   .name = place.name,
                   .jsonata = false,
                   .retries = place.retries};
      const Sampled text = any_expression(inside);
      sample = text.sample;
      assign.set(name + ".$", text.text);
    } else {
      sample = value();
      assign.set(name, sample);
    }
    made.push_back({name, sample});
  }
  fields.set("Assign", assign);
  for (Variable& variable : made) remember(place.scope, variable.name, std::move(variable.sample));
}

void Generator::add_number(Node& state, Place& place, std::string_view field, std::int64_t value) {
  if (dice_.chance(75)) {
    state.set(field, Node::number(value));
  } else if (place.jsonata) {
    state.set(field, dice_.chance(70) ? fmt::format("{{% {} + $count($states.input.list) %}}", value)
                                      : "{% " + query(place, Node::Kind::number).text + " %}");
  } else {
    Node sample;
    const std::string where = path(place, Node::Kind::number, &sample, Reach::data);
    if (sample.kind == Node::Kind::number || dice_.chance(10)) {
      state.set(std::string(field) + "Path", where);
    } else {
      state.set(field, Node::number(value));
    }
  }
}

}  // namespace stepwell::differential
