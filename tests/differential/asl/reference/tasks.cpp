// Task: scheduled, started, answered by the worker or timed out (spec §1.3, §3).
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "reference.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::differential {

namespace {

using Details = std::vector<std::pair<std::string, std::string>>;

// What a resource is: how its events are called, and what they tell.
struct Service {
  std::string events = "Task";  // TaskScheduled, …
  Details names;                // in every event of the task
  explicit Service(std::string_view resource) {
    if (resource.find(":function:") != resource.npos) {
      events = "LambdaFunction";
    } else if (resource.find(":activity:") != resource.npos) {
      events = "Activity";
    } else {
      // arn:aws:states:::sqs:sendMessage
      resource.remove_prefix(std::string_view("arn:aws:states:::").size());
      const std::size_t colon = resource.rfind(':');
      names = {{"resource", std::string(resource.substr(colon + 1))},
               {"resourceType", std::string(resource.substr(0, colon))}};
    }
  }
  Details with(Details more) const {
    more.insert(more.end(), names.begin(), names.end());
    return more;
  }
};

}  // namespace

Routine<Reference::Exit> Reference::task(Thread& thread, const Value& state) {
  const Value input = effective_input(thread, state);
  const Value arguments = payload(thread, state, "Parameters", input).value_or(input);
  const auto timeout = task_seconds(thread, state, "TimeoutSeconds", input);
  const auto heartbeat = task_seconds(thread, state, "HeartbeatSeconds", input);

  const std::string_view resource = state.find("Resource")->as_string();
  const Service service(resource);
  const std::string text = json::print(arguments);
  Details scheduled;
  if (service.events == "Task") {
    scheduled = service.with({{"parameters", text}, {"region", "us-east-1"}});
  } else {
    scheduled = {{"input", text}, {"resource", std::string(resource)}};
  }
  if (timeout) scheduled.emplace_back("timeoutInSeconds", std::to_string(*timeout));
  // AWS's shape of a function's event has no heartbeat.
  if (heartbeat && service.events != "LambdaFunction") {
    scheduled.emplace_back("heartbeatInSeconds", std::to_string(*heartbeat));
  }
  emit(thread, service.events + "Scheduled", std::move(scheduled));
  thread.waiting = true;
  if (service.events == "Activity") {
    // A worker comes at once, but after whatever is going on.
    co_await agenda_.after_all();
    emit(thread, "ActivityStarted", {{"workerName", "worker"}});
  } else {
    emit(thread, service.events + "Started", service.with({}));
  }

  // The worker never sends a heartbeat.
  const Answer answer = worker_.answer(thread.state, text, thread.number, kBeginning + Duration(agenda_.now()));
  const std::int64_t forever = answer.delay + 1;
  const std::int64_t patience = std::min(timeout ? *timeout * 1000 : forever, heartbeat ? *heartbeat * 1000 : forever);
  const bool timed_out = patience <= answer.delay;
  if (timed_out) {
    co_await agenda_.until(agenda_.now() + patience, thread.number, patience == answer.delay);
  } else {
    co_await agenda_.answer(agenda_.now() + answer.delay);
  }
  thread.waiting = false;

  Failed failure;
  if (timed_out) {
    failure.error = "States.Timeout";
    // Both at one time are a time-out: a heartbeat as long as the whole is none.
    failure.heartbeat = heartbeat && (!timeout || *heartbeat < *timeout);
    emit(thread, service.events + "TimedOut", service.with({{"error", "States.Timeout"}}));
    throw failure;
  }
  if (answer.failed) {
    failure.error = answer.error;
    failure.cause = answer.cause;
    Details details;
    if (answer.error) details.emplace_back("error", *answer.error);
    if (answer.cause) details.emplace_back("cause", *answer.cause);
    emit(thread, service.events + "Failed", service.with(std::move(details)));
    throw failure;
  }
  emit(thread, service.events + "Succeeded", service.with({{"output", answer.output}}));
  const Value* next = state.find("Next");
  co_return leave(thread, state, state, parse_text(answer.output), "result", "",
                  next == nullptr ? std::nullopt : std::optional(std::string(next->as_string())));
}

std::optional<std::int64_t> Reference::task_seconds(Thread& thread, const Value& state, std::string field,
                                                    const Value& input) {
  const auto seconds = number(thread, state, field, input, true);
  if (!seconds) return std::nullopt;
  if (*seconds > 0) return static_cast<std::int64_t>(*seconds);
  refuse(state, field, fmt::format("{} must be a positive integer, but was {}.", field, *seconds));
}

}  // namespace stepwell::differential
