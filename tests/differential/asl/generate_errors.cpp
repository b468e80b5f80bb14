// How work goes wrong, and what is done about it: the scripts of workers, Retry and Catch.
#include "generator.h"

namespace stepwell::differential {

// Answers of one form, mostly, behind failures that go by. `sample` holds the arguments; `error`: one that is met.
Node Generator::script(Node& sample, std::string& error) {
  Node answers = Node::array();
  const auto add = [&](std::string_view what, Node node) {
    Node answer = Node::object();
    answer.set("delay", Node::number(std::string(dice_.pick({"0", "0", "10", "250", "700", "1400", "2600"}))));
    answers.items.push_back(answer.set(what, std::move(node)));
  };
  const auto add_failure = [&] {
    error = dice_.pick({"E1", "E2", "Custom.Error"});
    Node failure = Node::object();
    if (!dice_.chance(5)) failure.set("Error", error);
    if (!dice_.chance(15)) failure.set("Cause", dice_.pick({"because", "", "{\"a\":1}"}));
    add("fail", std::move(failure));
  };
  if (dice_.chance(30)) {
    for (std::size_t i = 1 + dice_.below(3); i > 0; --i) add_failure();
  }
  const bool is_echo = dice_.chance(30);
  if (!is_echo) {
    sample = value();
    if (dice_.chance(60)) sample = Node::object().set("v", value(1)).set("list", Node::array({value(2), value(2)}));
  }
  for (std::size_t i = 1 + dice_.below(3); i > 0; --i) {
    if (is_echo || dice_.chance(4)) {
      add("echo", Node::boolean(true));
    } else {
      add("output", like(sample));
    }
  }
  if (dice_.chance(6)) add_failure();
  Node script = Node::object();
  if (dice_.chance(error.empty() ? 50 : 15)) script.set("spread", Node::boolean(true));
  return script.set("answers", answers);
}

Node Generator::error_names(bool& all, const std::string& likely) {
  Node names = Node::array();
  all = dice_.chance(likely.empty() ? 50 : 40);
  if (all) return Node::array({Node::string("States.ALL")});
  if (!likely.empty() && dice_.chance(70)) names.items.push_back(Node::string(likely));
  for (std::size_t i = (names.items.empty() ? 1 : 0) + dice_.below(2); i > 0; --i) {
    names.items.push_back(Node::string(std::string(dice_.pick(
        {"E1", "E1", "E2", "Own", "Custom.Error", "States.TaskFailed", "States.Timeout", "States.HeartbeatTimeout",
         "States.Runtime", "States.BranchFailed", "States.QueryEvaluationError", "States.ResultPathMatchFailure"}))));
  }
  return names;
}

// `likely`: an error that the state's work ends with now and then.
void Generator::add_errors(Node& state, Place& place, Draft& draft, const std::string& likely) {
  const Place inside = place;
  if (dice_.chance(likely.empty() ? 35 : 65)) {
    Node retriers = Node::array();
    bool all = false;
    for (std::size_t i = 1 + dice_.below(2); i > 0 && !all; --i) {
      Node retrier = Node::object();
      retrier.set("ErrorEquals", error_names(all, likely));
      if (dice_.chance(60)) retrier.set("MaxAttempts", Node::number(static_cast<std::int64_t>(dice_.below(4))));
      // The delays of a back-off are whole seconds, mostly.
      const bool slow = dice_.chance(15);
      const std::size_t interval = slow ? 4 : 1 + dice_.below(3);
      if (slow || dice_.chance(60)) retrier.set("IntervalSeconds", Node::number(static_cast<std::int64_t>(interval)));
      if (slow || dice_.chance(2)) {
        retrier.set("BackoffRate", Node::number("1.5"));
      } else if (dice_.chance(50)) {
        retrier.set("BackoffRate", Node::number(std::string(dice_.pick({"1", "1.0", "2.0", "3"}))));
      }
      if (dice_.chance(25))
        retrier.set("MaxDelaySeconds", Node::number(static_cast<std::int64_t>(interval + 1 + dice_.below(2))));
      retriers.items.push_back(retrier);
    }
    state.set("Retry", retriers);
  }
  if (dice_.chance(45)) {
    Node catchers = Node::array();
    bool all = false;
    for (std::size_t i = 1 + dice_.below(2); i > 0 && !all; --i) {
      const std::vector<Variable> before = inside.scope.variables;
      Node catcher = Node::object();
      catcher.set("ErrorEquals", error_names(all, likely));
      Node error = Node::object();
      error.set("Error", "E1").set("Cause", "because");
      Place at{.scope = inside.scope,
               .data = inside.raw,
               .raw = inside.raw,
               .name = inside.name,
               .jsonata = inside.jsonata,
               .retries = true,
               .result = &error,
               .in_catch = true};
      Node sample = error;
      if (at.jsonata) {
        if (dice_.chance(40)) catcher.set("Output", query_payload(at, sample));
      } else if (dice_.chance(at.data.is_object() ? 60 : 4)) {
        sample = inside.raw;
        const bool nowhere = dice_.chance(15);
        const std::string_view where = dice_.pick({"$.error", "$.error", "$.o.e", "$", "$.n.x"});
        catcher.set("ResultPath", nowhere ? Node() : Node::string(std::string(where)));
        if (!nowhere) put(sample, where, error);
      }
      if (dice_.chance(30)) add_assign(catcher, at);
      catcher.set("Next", target(draft, inside.scope, sample));
      catchers.items.push_back(catcher);
      forget_since(inside.scope, before);
    }
    state.set("Catch", catchers);
  }
}

}  // namespace stepwell::differential
