#include "base/check.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "reference.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace stepwell::differential {

namespace {

std::optional<std::string> text_member(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value->as_string());
}

}  // namespace

Outcome Reference::run(const Case& value) { return Reference(value).execute(value); }

Outcome Reference::execute(const Case& value) {
  definition_ = parse_text(print(value.definition));
  input_text_ = print(value.input);
  execution_input_ = parse_text(input_text_);
  const Value* timeout = definition_.find("TimeoutSeconds");
  const auto deadline = timeout == nullptr ? std::nullopt : std::optional(*timeout->as_integer() * 1000);

  Routine<bool> routine = top(execution_input_);
  routine.start();
  if (agenda_.run(deadline)) {
    outcome_.status = "TIMED_OUT";
    outcome_.error = "States.Timeout";
    emit_beside(0, "ExecutionTimedOut", {{"error", "States.Timeout"}});
  }
  outcome_.tie = agenda_.tie();
  return std::move(outcome_);
}

Routine<bool> Reference::top(Value input) {
  emit_beside(0, "ExecutionStarted", {{"input", input_text_}, {"roleArn", std::string(kRoleArn)}});
  std::optional<Failed> failure;
  try {
    const Value output = co_await block(top_, definition_, input);
    outcome_.status = "SUCCEEDED";
    outcome_.output = json::print(output);
    emit(top_, "ExecutionSucceeded", {{"output", *outcome_.output}});
  } catch (Failed& failed) {
    failure = std::move(failed);
  }
  if (failure) {
    outcome_.status = "FAILED";
    outcome_.error = failure->error;
    outcome_.cause = failure->cause;
    std::vector<std::pair<std::string, std::string>> details;
    if (failure->cause) details.emplace_back("cause", *failure->cause);
    if (failure->error) details.emplace_back("error", *failure->error);
    emit(top_, "ExecutionFailed", std::move(details));
  }
  co_return true;
}

Routine<Reference::Value> Reference::block(Thread& thread, const Value& block, Value input) {
  std::optional<std::string> name = text_member(block, "StartAt");
  while (name) {
    const Value* state = block.find("States")->find(*name);
    CHECK(state != nullptr);
    Exit exit = co_await visit(thread, *name, *state, input);
    input = exit.output;
    name = exit.next;
  }
  co_return input;
}

// One visit of a state: attempts until one goes well, a catcher takes the failure, or nobody does.
Routine<Reference::Exit> Reference::visit(Thread& thread, std::string name, const Value& state, Value input) {
  thread.state = name;
  thread.type = *text_member(state, "Type");
  thread.input = input;
  thread.entered_at = agenda_.now();
  thread.retries = 0;
  thread.before_entered = thread.last;
  thread.entered = emit(thread, thread.type + "StateEntered", {{"input", json::print(input)}, {"name", name}});

  const bool is_fork = thread.type == "Map" || thread.type == "Parallel";
  std::vector<std::size_t> used(state.find("Retry") ? state.find("Retry")->size() : 0);
  std::optional<Exit> exit;
  bool in_turn = false;
  while (!exit) {
    std::optional<Failed> failure;
    try {
      exit = co_await attempt(thread, state);
    } catch (Failed& failed) {
      failure = std::move(failed);
    }
    if (!failure) break;

    // A fork says that it has failed when it is given up: after its children had started, or when an evaluation on the
    // way in failed.
    const bool evaluation = failure->framed && failure->error == "States.QueryEvaluationError";
    const bool fork_failed = is_fork && (failure->of_children || (evaluation && !failure->at_work));
    report(thread, *failure);
    if (const auto delay = retry_delay(state, *failure, used)) {
      ++thread.retries;
      ++outcome_.retries;
      thread.waiting = true;
      co_await agenda_.until(agenda_.now() + *delay, thread.number);
      thread.waiting = false;
      continue;
    }
    std::optional<Failed> of_catcher;
    try {
      exit = caught(thread, state, *failure);
      if (exit) ++outcome_.catches;
    } catch (Failed& failed) {
      of_catcher = std::move(failed);
    }
    if (of_catcher) report(thread, *of_catcher);
    if (fork_failed) emit(thread, thread.type + "StateFailed", {});
    const bool of_children = failure->of_children;
    Failed& last = of_catcher ? *of_catcher : *failure;
    if (!exit) {
      last.of_children = false;
      throw last;
    }
    in_turn = of_children;
  }

  std::vector<std::pair<std::string, std::string>> details{{"name", name}, {"output", json::print(exit->output)}};
  if (!exit->assigned.empty()) {
    Node assigned = Node::object();
    for (const auto& [variable, value] : exit->assigned) assigned.set(variable, parse(json::print(value)));
    details.insert(details.begin(), {"assignedVariables", print(assigned)});
  }
  emit(thread, thread.type + "StateExited", std::move(details));
  for (const auto& [variable, value] : exit->assigned) thread.variables.insert_or_assign(variable, value);
  if (in_turn) co_await agenda_.turn();
  co_return std::move(*exit);
}

Routine<Reference::Exit> Reference::attempt(Thread& thread, const Value& state) {
  const std::string& type = thread.type;
  if (type == "Task") co_return co_await task(thread, state);
  if (type == "Parallel") co_return co_await parallel(thread, state);
  if (type == "Map") co_return co_await map(thread, state);
  if (type == "Wait") co_return co_await wait(thread, state);
  if (type == "Choice") co_return choice(thread, state);
  if (type == "Fail") fail_state(thread, state);
  co_return pass(thread, state);
}

// Pass, and Succeed, which differs by going nowhere. A constant result needs no input.
Reference::Exit Reference::pass(Thread& thread, const Value& state) {
  const Value* constant = is_jsonata(state) ? nullptr : state.find("Result");
  Value result = constant != nullptr ? *constant : effective_input(thread, state);
  if (constant == nullptr) {
    if (const auto parameters = payload(thread, state, "Parameters", result)) result = *parameters;
  }
  return leave(thread, state, state, result, "", "", text_member(state, "Next"));
}

void Reference::fail_state(Thread& thread, const Value& state) {
  Failed failure;
  failure.error = fail_text(thread, state, "Error");
  failure.cause = fail_text(thread, state, "Cause");
  throw failure;
}

Routine<Reference::Exit> Reference::wait(Thread& thread, const Value& state) {
  const Value input = effective_input(thread, state);
  const std::int64_t until = wake_up(thread, state, input);
  constexpr std::int64_t longest = 2'147'483'647'000;
  if (until - agenda_.now() > longest) throw runtime_failure("Wait state delay is too long.");
  if (until > agenda_.now()) {
    thread.waiting = true;
    co_await agenda_.until(until, thread.number);
    thread.waiting = false;
  }
  try {
    co_return leave(thread, state, state, effective_input(thread, state), "", "", text_member(state, "Next"));
  } catch (Failed& failure) {
    failure.at_work = true;
    throw;
  }
}

// The failures of the state machine itself name the state. A failed evaluation is an event of its own; on the way into
// a state it points at what came before the state.
void Reference::report(Thread& thread, Failed& failure) {
  if (!failure.framed) return;
  failure.framed = false;
  failure.cause = fmt::format("An error occurred while executing the state '{}' (entered at the event id #{}). {}",
                              thread.state, thread.entered, *failure.cause);
  if (failure.error != "States.QueryEvaluationError") return;
  std::vector<std::pair<std::string, std::string>> details{{"cause", *failure.cause}, {"error", *failure.error}};
  if (!failure.location.empty()) details.emplace_back("location", failure.location);
  details.emplace_back("state", thread.state);
  if (thread.last == thread.entered && !failure.at_work) thread.last = thread.before_entered;
  emit(thread, "EvaluationFailed", std::move(details));
}

bool Reference::takes(const Value& handler, const Failed& failure, std::string_view type) {
  if (failure.error == "States.Runtime") return false;
  const bool timed_out = failure.error == "States.Timeout" || failure.error == "States.HeartbeatTimeout";
  for (const Value& element : handler.find("ErrorEquals")->elements()) {
    const std::string_view name = element.as_string();
    if (name == "States.ALL" || name == failure.error) return true;
    if (name == "States.TaskFailed" && !timed_out) return true;
    if (name == "States.Timeout" && timed_out) return true;
    if (name == "States.HeartbeatTimeout" && failure.heartbeat) return true;
    if (name == "States.BranchFailed" && type == "Parallel") return true;
    if (name == "States.ResultPathMatchFailure" && failure.error == "States.ReferencePathConflict") return true;
  }
  return false;
}

// The first retrier that takes the failure decides, with one counter of its own for this visit.
std::optional<std::int64_t> Reference::retry_delay(const Value& state, const Failed& failure,
                                                   std::vector<std::size_t>& used) {
  const auto number = [](const Value& retrier, std::string_view field, double otherwise) {
    const Value* value = retrier.find(field);
    return value == nullptr ? otherwise : value->as_double();
  };
  for (std::size_t i = 0; i < used.size(); ++i) {
    const Value& retrier = state.find("Retry")->elements()[i];
    if (!takes(retrier, failure, state.find("Type")->as_string())) continue;
    if (static_cast<double>(used[i]) >= number(retrier, "MaxAttempts", 3)) return std::nullopt;
    double delay = number(retrier, "IntervalSeconds", 1);
    for (std::size_t k = 0; k < used[i]; ++k) delay *= number(retrier, "BackoffRate", 2);
    delay = std::min(delay, number(retrier, "MaxDelaySeconds", 2'147'483'647));
    ++used[i];
    return static_cast<std::int64_t>(delay * 1000);
  }
  return std::nullopt;
}

std::optional<Reference::Exit> Reference::caught(Thread& thread, const Value& state, const Failed& failure) {
  const Value* catchers = state.find("Catch");
  for (std::size_t i = 0; catchers != nullptr && i < catchers->size(); ++i) {
    const Value& catcher = catchers->elements()[i];
    if (!takes(catcher, failure, thread.type)) continue;
    const bool timed_out = failure.error == "States.Timeout" || failure.error == "States.HeartbeatTimeout";
    std::vector<json::Member> members;
    members.push_back({"Error", failure.error ? text(*failure.error) : Value()});
    members.push_back({"Cause", failure.cause ? text(*failure.cause) : timed_out ? text("") : Value()});
    const auto kept = arena_.make_array<json::Member>(members.size());
    std::ranges::copy(members, kept.begin());
    const Value output = Value::object(arena_, kept);
    return leave(thread, state, catcher, output, "errorOutput", fmt::format("Catch[{}]/", i),
                 text_member(catcher, "Next"));
  }
  return std::nullopt;
}

std::uint32_t Reference::emit(Thread& thread, std::string type,
                              std::vector<std::pair<std::string, std::string>> details) {
  return thread.last = emit_beside(thread.last, std::move(type), std::move(details));
}

std::uint32_t Reference::emit_beside(std::uint32_t previous, std::string type,
                                     std::vector<std::pair<std::string, std::string>> details) {
  const auto id = static_cast<std::uint32_t>(outcome_.history.size()) + 1;
  std::ranges::sort(details);
  outcome_.history.push_back(
      {.id = id, .previous = previous, .type = std::move(type), .at = agenda_.now(), .details = std::move(details)});
  return id;
}

const json::Value* Reference::variable(const Thread& thread, std::string_view name) const {
  for (const Thread* at = &thread; at != nullptr; at = at->parent) {
    if (const auto found = at->variables.find(name); found != at->variables.end()) return &found->second;
  }
  return nullptr;
}

json::Value Reference::context(Thread& thread) {
  const auto time = [](std::int64_t since) { return Node::string(format_rfc3339(kBeginning + Duration(since))); };
  Node execution = Node::object();
  execution.set("Id", kExecutionArn).set("Input", parse(input_text_)).set("Name", "e").set("RoleArn", kRoleArn);
  execution.set("StartTime", time(0)).set("RedriveCount", Node::number(0));
  Node context = Node::object();
  context.set("Execution", execution);

  Thread* at = &thread;
  while (at->kind == Thread::Kind::branch) at = at->parent;
  std::optional<std::pair<std::uint32_t, Value>> item = thread.selecting;
  if (!item && at->kind == Thread::Kind::iteration) item.emplace(at->index, at->item);
  if (item) {
    Node node = Node::object();
    node.set("Index", Node::number(item->first)).set("Value", parse(json::print(item->second)));
    context.set("Map", Node::object().set("Item", node));
  }
  context.set("StateMachine", Node::object().set("Id", kMachineArn).set("Name", "m"));
  Node state = Node::object();
  state.set("EnteredTime", time(thread.entered_at)).set("Name", thread.state);
  if (thread.type == "Task" || thread.type == "Map" || thread.type == "Parallel") {
    state.set("RetryCount", Node::number(static_cast<std::int64_t>(thread.retries)));
  }
  context.set("State", state);
  return parse_text(print(context));
}

Reference::Failed Reference::runtime_failure(std::string cause) {
  Failed failure;
  failure.error = "States.Runtime";
  failure.cause = std::move(cause);
  failure.framed = true;
  return failure;
}

Reference::Failed Reference::query_failure(std::string cause, std::string location) {
  Failed failure;
  failure.error = "States.QueryEvaluationError";
  failure.cause = std::move(cause);
  failure.framed = true;
  failure.location = std::move(location);
  return failure;
}

json::Value Reference::parse_text(const std::string& text) {
  const auto value = json::parse_copy(arena_, text);
  CHECK(value.has_value());
  return *value;
}

}  // namespace stepwell::differential
