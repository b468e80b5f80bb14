#include "services/states/test_state/context_object.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "services/states/arns.h"
#include "wire/errors.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

bool waits(const Subject& subject) {
  const asl::Resource* resource = subject.state->resource();
  return resource != nullptr && resource->pattern != asl::Pattern::request_response;
}

std::unexpected<Error> refuse(std::string_view why) {
  return fail(wire::validation_exception(fmt::format("Invalid Context object provided: {}", why)));
}

Result<json::Value> read_context(json::Arena& arena, std::string_view text, const Subject& subject) {
  const auto context = json::parse(arena, text);
  if (!context || !context->is_object()) return refuse("it must be a JSON object");
  if (context->find("Map") != nullptr) return refuse("'Map' field is not supported when mocking a Context object");
  if (context->find("Task") != nullptr && !waits(subject)) {
    return refuse(
        "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service "
        "integration pattern");
  }
  constexpr auto known = std::to_array<std::string_view>({"Execution", "State", "StateMachine", "Task"});
  for (const json::Member& member : context->members()) {
    if (std::ranges::find(known, member.key) == known.end()) {
      return refuse(fmt::format("Field '{}' is not allowed", member.key));
    }
    if (!member.value.is_object()) return refuse(fmt::format("'{}' must be an object", member.key));
  }
  return *context;
}

}  // namespace

PretendedExecution pretend_execution(States& states, const wire::Caller& caller) {
  PretendedExecution execution{.machine_name = make_uuid(states.random), .name = make_uuid(states.random), .arn = {}};
  execution.arn = fmt::format("arn:aws:states:{}:{}:express:{}:{}", caller.region, caller.account,
                              execution.machine_name, execution.name);
  return execution;
}

Result<json::Value> context_object(States& states, wire::Call& call, const Subject& subject,
                                   const PretendedExecution& execution, const json::Value& input,
                                   std::uint32_t retries) {
  json::Arena& arena = call.arena;
  if (const auto given = call.optional_text("context")) {
    if (!call.has("mock")) return refuse("it may only be specified together with a mock");
    return read_context(arena, *given, subject);
  }
  const std::string now = format_rfc3339(states.clock.now());
  json::ObjectBuilder shown(arena);
  shown.add("Id", execution.arn).add("Input", input).add("Name", execution.name);
  const auto role = call.optional_text("roleArn");
  shown.add("RoleArn", role ? json::Value::string(*role) : json::Value());
  shown.add("StartTime", now);
  json::ObjectBuilder machine(arena);
  machine.add("Id", machine_arn(call.caller, execution.machine_name)).add("Name", execution.machine_name);
  json::ObjectBuilder state(arena);
  state.add("EnteredTime", now).add("Name", subject_name);
  using enum asl::StateType;
  if (subject.is(Task) || subject.is(Parallel) || subject.is(Map)) state.add("RetryCount", std::int64_t{retries});
  json::ObjectBuilder context(arena);
  context.add("Execution", shown.build()).add("StateMachine", machine.build()).add("State", state.build());
  if (waits(subject)) {
    const engine::TaskRef nobody{.execution = {.shard = 0, .serial = states.random.next()}, .scope = 0, .scheduled = 0};
    context.add("Task", json::ObjectBuilder(arena).add("Token", states.tokens.task_token(nobody)).build());
  }
  return context.build();
}

}  // namespace stepwell::states
