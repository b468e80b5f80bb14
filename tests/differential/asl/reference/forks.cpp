// Parallel and Map: threads of their own, joined when all are done, given up when one fails (spec §1.3, §1.10, §3).
#include "lang/json/build.h"
#include "lang/json/print.h"
#include "reference.h"

#include <fmt/format.h>

namespace stepwell::differential {

namespace {

// An inline Map works on so many items at a time.
constexpr std::uint32_t kMostIterations = 40;

std::optional<std::string> next_of(const json::Value& state) {
  const json::Value* next = state.find("Next");
  return next == nullptr ? std::nullopt : std::optional(std::string(next->as_string()));
}

}  // namespace

Routine<Reference::Exit> Reference::parallel(Thread& thread, const Value& state) {
  const Value input = effective_input(thread, state);
  const Value given = payload(thread, state, "Parameters", input).value_or(input);
  const auto branches = static_cast<std::uint32_t>(state.find("Branches")->size());
  Fork fork{.parent = thread,
            .state = state,
            .count = branches,
            .concurrency = branches,
            .tolerated_count = {},
            .tolerated_percentage = {},
            .items = {},
            .input = given,
            .outputs = std::vector<Value>(branches),
            .routines = {},
            .failure = {},
            .gate = {}};
  const Value result = co_await run_fork(fork);
  try {
    co_return leave(thread, state, state, result, "result", "", next_of(state));
  } catch (Failed& failure) {
    failure.at_work = true;
    throw;
  }
}

Routine<Reference::Exit> Reference::map(Thread& thread, const Value& state) {
  const Value input = effective_input(thread, state);
  const Value items = items_of(thread, state, input);
  const auto count = [&](const std::string& field) {
    const auto value = number(thread, state, field, input, true);
    if (value && *value < 0) refuse(state, field, fmt::format("{} cannot be negative.", field));
    return value;
  };
  const double concurrency = count("MaxConcurrency").value_or(0);
  const auto tolerated = count("ToleratedFailureCount");
  const auto percentage = number(thread, state, "ToleratedFailurePercentage", input, false);
  if (percentage && (*percentage < 0 || *percentage > 100)) {
    refuse(state, "ToleratedFailurePercentage", "ToleratedFailurePercentage must be between 0 and 100.");
  }
  Fork fork{.parent = thread,
            .state = state,
            .count = static_cast<std::uint32_t>(items.size()),
            .concurrency = concurrency == 0 || concurrency > kMostIterations ? kMostIterations
                                                                             : static_cast<std::uint32_t>(concurrency),
            .tolerated_count = tolerated,
            .tolerated_percentage = percentage,
            .items = std::vector<Value>(items.elements().begin(), items.elements().end()),
            .input = input,
            .outputs = std::vector<Value>(items.size()),
            .routines = {},
            .failure = {},
            .gate = {}};
  const Value result = co_await run_fork(fork);
  try {
    co_return leave(thread, state, state, result, "result", "", next_of(state));
  } catch (Failed& failure) {
    failure.at_work = true;
    throw;
  }
}

Routine<Reference::Value> Reference::run_fork(Fork& fork) {
  Thread& thread = fork.parent;
  const std::string type = fork.is_map() ? "MapState" : "ParallelState";
  std::vector<std::pair<std::string, std::string>> details;
  if (fork.is_map()) details.emplace_back("length", std::to_string(fork.count));
  const std::uint32_t started = emit(thread, type + "Started", std::move(details));
  thread.waiting = true;
  open_children(fork, started);
  if (fork.count > 0) co_await fork.gate.wait();
  if (fork.failure) {
    thread.waiting = false;
    abort_children(thread, thread.last);
    fork.routines.clear();
    thread.children.clear();
    fork.failure->of_children = true;
    throw *fork.failure;
  }
  co_await agenda_.turn();
  thread.waiting = false;
  fork.routines.clear();
  thread.children.clear();
  // It tells of the success, and what follows points at what it points at.
  emit_beside(thread.last, type + "Succeeded", {});
  co_return json::make_array(arena_, fork.outputs);
}

// As many as may run at a time; `previous` is what their first events point at.
void Reference::open_children(Fork& fork, std::uint32_t previous) {
  Thread& parent = fork.parent;
  while (fork.opened < fork.count && fork.running < fork.concurrency) {
    const std::uint32_t index = fork.opened;
    auto thread = std::make_unique<Thread>();
    Value input = fork.input;
    const Value* block = nullptr;
    if (fork.is_map()) {
      thread->kind = Thread::Kind::iteration;
      thread->map_name = parent.state;
      thread->item = fork.items[index];
      block = fork.state.find("ItemProcessor") ? fork.state.find("ItemProcessor") : fork.state.find("Iterator");
      try {
        parent.selecting.emplace(index, fork.items[index]);
        const bool old_name = !is_jsonata(fork.state) && fork.state.find("ItemSelector") == nullptr;
        input = payload(parent, fork.state, old_name ? "Parameters" : "ItemSelector", fork.input)
                    .value_or(fork.items[index]);
        parent.selecting.reset();
      } catch (Failed& failure) {
        parent.selecting.reset();
        fork.failure = std::move(failure);
        fork.gate.open();
        return;
      }
    } else {
      thread->kind = Thread::Kind::branch;
      block = &fork.state.find("Branches")->elements()[index];
    }
    thread->parent = &parent;
    thread->number = threads_++;
    thread->index = index;
    thread->last = previous;
    if (fork.is_map()) {
      emit(*thread, "MapIterationStarted", {{"index", std::to_string(index)}, {"name", parent.state}});
    }
    ++fork.opened;
    ++fork.running;
    parent.children.push_back(std::move(thread));
    fork.routines.push_back(child(fork, *parent.children.back(), *block, input));
    fork.routines.back().start();
  }
}

Routine<bool> Reference::child(Fork& fork, Thread& thread, const Value& definition, Value input) {
  co_await agenda_.turn();
  std::optional<Failed> failure;
  try {
    fork.outputs[thread.index] = co_await block(thread, definition, input);
  } catch (Failed& failed) {
    failure = std::move(failed);
  }
  thread.done = true;
  --fork.running;
  const std::uint32_t last = thread.last;
  if (fork.is_map()) {
    emit(thread, failure ? "MapIterationFailed" : "MapIterationSucceeded",
         {{"index", std::to_string(thread.index)}, {"name", thread.map_name}});
  }
  if (!failure || fork.tolerates(fork.failed + 1)) {
    if (failure) ++fork.failed;
    fork.parent.last = thread.last;
    child_done(fork, last);
  } else {
    if (thread.type == "Task") emit_beside(last, "TaskStateAborted", {});
    fork.parent.last = last;
    fork.failure = std::move(failure);
    fork.gate.open();
  }
  co_await fork.gate.hand_over();
  co_return true;
}

void Reference::child_done(Fork& fork, std::uint32_t freed_by) {
  if (fork.opened < fork.count) return open_children(fork, freed_by);
  if (fork.running == 0) fork.gate.open();
}

// What still runs below is given up: the innermost first.
void Reference::abort_children(Thread& thread, std::uint32_t because) {
  for (const auto& child : thread.children) {
    if (child->done) continue;
    abort_children(*child, because);
    if (child->waiting) emit_beside(because, child->type + "StateAborted", {});
    if (child->kind == Thread::Kind::iteration) {
      emit_beside(because, "MapIterationAborted", {{"index", std::to_string(child->index)}, {"name", child->map_name}});
    }
  }
}

}  // namespace stepwell::differential
