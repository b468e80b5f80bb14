// arn:aws:states:::ecs:runTask (spec §4): runs tasks. What .sync waits for is brought by awaited_work.h.

#include "crypto/hash.h"
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

constexpr sdk::Version1 names{"ecs", "ECS", "AmazonECS", "AmazonECSException"};
constexpr std::size_t token_size = 64;

// The same for an attempt that is sent again after a crash: it finds what it has started.
std::string token_of(const engine::RunTask& task) {
  return crypto::to_hex(crypto::digest(crypto::Digest::sha256, task.idempotency_key)).substr(0, token_size);
}

json::Value with_token(json::Arena& arena, const TaskCall& call, const json::Value& input) {
  std::vector<json::Member> more;
  if (text_of(input, "clientToken").empty()) {
    more.push_back({"clientToken", json::make_string(arena, token_of(call.task))});
  }
  if (engine::waits_for_end(call.task.resource->pattern) && text_of(input, "startedBy").empty()) {
    more.push_back({"startedBy", json::Value::string("AWS Step Functions")});
  }
  return with(arena, input, more);
}

// {"Failures":…, "SdkHttpMetadata":…, "SdkResponseMetadata":…, "Tasks":…}
json::Value result_of(const TaskCall& call, const wire::Shape& shape, const json::Value& output,
                      std::string_view request_id) {
  json::Arena& arena = call.arena;
  const auto now = std::chrono::system_clock::to_time_t(call.states.clock.now());
  const auto headers =
      std::to_array<sdk::Header>({{"Content-Length", std::to_string(json::print(output).size())},
                                  {"Content-Type", "application/x-amz-json-1.1"},
                                  {"Date", fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now))},
                                  {"x-amzn-RequestId", std::string(request_id)}});
  const json::Value answer = sdk::result(arena, shape, output, sdk::Dates::epoch_milliseconds);
  json::ObjectBuilder result(arena);
  result.add("Failures", json::make_array(arena, elements_of(answer, "Failures")));
  result.add("SdkHttpMetadata", sdk::http_metadata(arena, headers, 200));
  result.add("SdkResponseMetadata", sdk::response_metadata(arena, request_id));
  result.add("Tasks", json::make_array(arena, elements_of(answer, "Tasks")));
  return result.build();
}

}  // namespace

Task<TaskOutcome> ecs_run_task(TaskCall call) {
  const directory::Service* service = call.directory.find(names.service);
  if (service == nullptr) co_return cannot_start("There is no service 'ecs' here.");
  const wire::OperationModel& operation = *service->model().operation("RunTask");
  wire::Call run;
  const auto parameters = sdk::read_parameters(run.arena, *operation.input, call.arguments);
  if (!parameters) co_return cannot_start(parameters.error());
  run.input = with_token(run.arena, call, parameters->input);
  run.caller = call.caller;
  run.gone = call.cancelled;
  const auto reply = co_await call.directory.call(std::string(names.service), operation.name, run, call.effect);
  if (!reply) co_return std::unexpected(sdk::failure(names, call, reply.error()));
  std::string result = json::print(result_of(call, *operation.output, reply->output, run.caller.request_id));
  // Who only asks is told; who waits would wait for nothing.
  const bool waits = call.task.resource->pattern != asl::Pattern::request_response;
  if (waits && !elements_of(reply->output, "failures").empty()) {
    co_return std::unexpected(TaskFailure{"AmazonECS.Unknown", std::move(result)});
  }
  co_return result;
}

}  // namespace stepwell::states
