// arn:aws:states:::sqs:sendMessage (spec §4): the message may be any JSON, which is sent as text.

#include "lang/json/build.h"
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

constexpr sdk::Version1 names{"sqs", "SQS", "AmazonSQS", "AmazonSQSException"};

// {"MD5OfMessageBody":…, "MessageId":…, "SdkHttpMetadata":…, "SdkResponseMetadata":…}
json::Value result_of(const TaskCall& call, const wire::Shape& shape, const json::Value& output,
                      std::string_view request_id) {
  json::Arena& arena = call.arena;
  const auto now = std::chrono::system_clock::to_time_t(call.states.clock.now());
  const auto headers =
      std::to_array<sdk::Header>({{"connection", "keep-alive"},
                                  {"Content-Length", std::to_string(json::print(output).size())},
                                  {"Content-Type", "application/x-amz-json-1.0"},
                                  {"Date", fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now))},
                                  {"x-amzn-RequestId", std::string(request_id)}});
  json::ObjectBuilder result(arena);
  const auto add = [&](const json::Member& member) { result.add(member.key, member.value); };
  const json::Value answer = sdk::result(arena, shape, output, sdk::Dates::epoch_milliseconds);
  // In alphabetical order, as all members are.
  for (const json::Member& member : answer.members()) {
    if (member.key < "SdkHttpMetadata") add(member);
  }
  result.add("SdkHttpMetadata", sdk::http_metadata(arena, headers, 200));
  result.add("SdkResponseMetadata", sdk::response_metadata(arena, request_id));
  for (const json::Member& member : answer.members()) {
    if (member.key > "SdkResponseMetadata") add(member);
  }
  return result.build();
}

// AWS's client sends the message to wherever the URL says.
TaskFailure leads_nowhere(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::string_view host = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  return {"SQS.SdkClientException", fmt::format("Unable to execute HTTP request: {}: Name or service not known",
                                                host.substr(0, host.find_first_of(":/")))};
}

}  // namespace

Task<TaskOutcome> sqs_send_message(TaskCall call) {
  const directory::Service* service = call.directory.find(names.service);
  if (service == nullptr) co_return cannot_start("There is no service 'sqs' here.");
  const wire::OperationModel& operation = *service->model().operation("SendMessage");
  wire::Call send;
  const auto parameters = sdk::read_parameters(send.arena, *operation.input, call.arguments);
  if (!parameters) co_return cannot_start(parameters.error());
  send.input = parameters->input;
  send.caller = call.caller;
  send.gone = call.cancelled;
  const auto reply = co_await call.directory.call(std::string(names.service), operation.name, send, call.effect);
  if (!reply && reply.error().code == "InvalidAddress") co_return std::unexpected(leads_nowhere(send.text("QueueUrl")));
  if (!reply) co_return std::unexpected(sdk::failure(names, call, reply.error()));
  co_return json::print(result_of(call, *operation.output, reply->output, send.caller.request_id));
}

}  // namespace stepwell::states
