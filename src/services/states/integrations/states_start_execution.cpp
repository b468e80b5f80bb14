// arn:aws:states:::states:startExecution (spec §4): starts an execution of a state machine of this server. What .sync
// waits for is brought by engine/nested_executions.h.

#include "crypto/hash.h"
#include "lang/json/build.h"
#include "lang/json/print.h"
#include "services/states/errors.h"
#include "services/states/model.h"
#include "services/states/operations/support.h"
#include "services/states/sdk/failure.h"
#include "services/states/sdk/metadata.h"
#include "services/states/sdk/parameters.h"
#include "services/states/sdk/result.h"
#include "store/codec.h"
#include "wire/validate.h"

#include <ctime>

#include <fmt/chrono.h>

namespace stepwell::states {
namespace {

constexpr sdk::Version1 names{"states", "StepFunctions", "AWSStepFunctions", "AWSStepFunctionsException"};

// The name of an execution that is given none: the same for the same attempt, so that a task that is sent again after a
// crash finds what it has started. A UUID of the version for such uses (RFC 9562, 8).
std::string name_for(const engine::TaskRef& task) {
  store::KeyWriter attempt;
  attempt.u16(task.execution.shard).u64(task.execution.serial).u32(task.scope).u32(task.scheduled);
  std::string bytes = crypto::digest(crypto::Digest::sha256, attempt.view()).substr(0, 16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x80);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  const std::string hex = crypto::to_hex(bytes);
  const std::string_view digits = hex;
  return fmt::format("{}-{}-{}-{}-{}", digits.substr(0, 8), digits.substr(8, 4), digits.substr(12, 4),
                     digits.substr(16, 4), digits.substr(20));
}

Result<engine::StartRequest> read_request(const TaskCall& call, json::Value input) {
  const wire::OperationModel& operation = *model().operation("StartExecution");
  wire::Call start;
  start.operation = &operation;
  start.caller = call.caller;
  json::ObjectBuilder object(start.arena);
  for (const json::Member& member : input.members()) object.add(member.key, member.value);
  if (input.find("name") == nullptr) object.add("name", name_for(call.task.task));
  start.input = object.build();
  TRY(wire::validate_input(*operation.input, start.input));
  TRY(call.directory.authorize(*call.directory.find(names.service), start));
  TRY_ASSIGN(engine::StartRequest request, read_start(call.states, start));
  request.starter = engine::Starter{.task = call.task.task, .pattern = call.task.resource->pattern};
  if (request.starter->waits() && request.revision->type == asl::MachineType::express) {
    return fail(errors::state_machine_type_not_supported());
  }
  return request;
}

// {"ExecutionArn":…, "SdkHttpMetadata":…, "SdkResponseMetadata":…, "StartDate":…}
json::Value result_of(const TaskCall& call, const engine::StartOutcome& started) {
  json::Arena& arena = call.arena;
  const json::Value output = json::ObjectBuilder(arena)
                                 .add("executionArn", started.arn)
                                 .add("startDate", date(arena, started.started))
                                 .build();
  const auto now = std::chrono::system_clock::to_time_t(call.states.clock.now());
  const std::string& request_id = call.caller.request_id;
  const auto headers =
      std::to_array<sdk::Header>({{"connection", "keep-alive"},
                                  {"Content-Length", std::to_string(json::print(output).size())},
                                  {"Content-Type", "application/x-amz-json-1.0"},
                                  {"Date", fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now))},
                                  {"x-amzn-RequestId", request_id}});
  const wire::Shape& shape = *model().operation("StartExecution")->output;
  json::ObjectBuilder result(arena);
  const json::Value answer = sdk::result(arena, shape, output, sdk::Dates::epoch_milliseconds);
  result.add("ExecutionArn", *answer.find("ExecutionArn"));
  result.add("SdkHttpMetadata", sdk::http_metadata(arena, headers, 200));
  result.add("SdkResponseMetadata", sdk::response_metadata(arena, request_id));
  result.add("StartDate", *answer.find("StartDate"));
  return result.build();
}

}  // namespace

Task<TaskOutcome> states_start_execution(TaskCall call) {
  const wire::Shape& shape = *model().operation("StartExecution")->input;
  const auto parameters = sdk::read_parameters(call.arena, shape, call.arguments);
  if (!parameters) co_return cannot_start(parameters.error());
  auto request = read_request(call, parameters->input);
  if (!request) co_return std::unexpected(sdk::failure(names, call, request.error()));
  Pending<Result<engine::StartOutcome>> started;
  call.states.engine->start(std::move(*request),
                            [started](Result<engine::StartOutcome> outcome) { started.set(std::move(outcome)); });
  const auto outcome = co_await started;
  if (!outcome) co_return std::unexpected(sdk::failure(names, call, outcome.error()));
  if (outcome->kind == engine::StartOutcome::Kind::taken) {
    co_return std::unexpected(sdk::failure(names, call, errors::execution_already_exists(outcome->arn)));
  }
  co_return json::print(result_of(call, *outcome));
}

}  // namespace stepwell::states
