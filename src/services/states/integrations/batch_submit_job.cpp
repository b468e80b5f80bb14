// arn:aws:states:::batch:submitJob (spec §4): submits a job. What .sync waits for is brought by awaited_work.h.

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/print.h"
#include "services/states/sdk/failure.h"
#include "services/states/sdk/metadata.h"
#include "services/states/sdk/parameters.h"
#include "services/states/sdk/result.h"

#include <array>
#include <ctime>

#include <fmt/chrono.h>

namespace stepwell::states {
namespace {

constexpr sdk::Version1 names{"batch", "Batch", "AWSBatch", "AWSBatchException"};

// A job that a task waits for can tell so from its environment.
json::Value managed(json::Arena& arena, const json::Value& input) {
  const json::Value overrides = object_of(input, "containerOverrides");
  const auto given = elements_of(overrides, "environment");
  std::vector<json::Value> environment(given.begin(), given.end());
  environment.push_back(
      json::ObjectBuilder(arena).add("name", "MANAGED_BY_AWS").add("value", "STARTED_BY_STEP_FUNCTIONS").build());
  return with(
      arena, input,
      {{"containerOverrides", with(arena, overrides, {{"environment", json::make_array(arena, environment)}})}});
}

// {"JobArn":…, "JobId":…, "JobName":…, "SdkHttpMetadata":…, "SdkResponseMetadata":…}
json::Value result_of(const TaskCall& call, const wire::Shape& shape, const json::Value& output,
                      std::string_view request_id) {
  json::Arena& arena = call.arena;
  const auto now = std::chrono::system_clock::to_time_t(call.states.clock.now());
  const auto headers =
      std::to_array<sdk::Header>({{"Connection", "keep-alive"},
                                  {"Content-Length", std::to_string(json::print(output).size())},
                                  {"Content-Type", "application/json"},
                                  {"Date", fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now))},
                                  {"x-amzn-RequestId", std::string(request_id)}});
  const json::Value answer = sdk::result(arena, shape, output, sdk::Dates::epoch_milliseconds);
  return with(arena, answer,
              {{"SdkHttpMetadata", sdk::http_metadata(arena, headers, 200)},
               {"SdkResponseMetadata", sdk::response_metadata(arena, request_id)}});
}

}  // namespace

Task<TaskOutcome> batch_submit_job(TaskCall call) {
  const directory::Service* service = call.directory.find(names.service);
  if (service == nullptr) co_return cannot_start("There is no service 'batch' here.");
  const wire::OperationModel& operation = *service->model().operation("SubmitJob");
  wire::Call submit;
  const auto parameters = sdk::read_parameters(submit.arena, *operation.input, call.arguments);
  if (!parameters) co_return cannot_start(parameters.error());
  const bool waits = engine::waits_for_end(call.task.resource->pattern);
  submit.input = waits ? managed(submit.arena, parameters->input) : parameters->input;
  submit.caller = call.caller;
  submit.gone = call.cancelled;
  const auto reply = co_await call.directory.call(std::string(names.service), operation.name, submit, call.effect);
  if (!reply) co_return std::unexpected(sdk::failure(names, call, reply.error()));
  co_return json::print(result_of(call, *operation.output, reply->output, submit.caller.request_id));
}

}  // namespace stepwell::states
