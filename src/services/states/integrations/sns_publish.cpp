// arn:aws:states:::sns:publish (spec §4): publishes a message; one that is no text is sent as JSON.

#include "lang/json/build.h"
#include "lang/json/print.h"
#include "services/states/sdk/failure.h"
#include "services/states/sdk/metadata.h"
#include "services/states/sdk/parameters.h"

#include <array>
#include <ctime>

#include <fmt/chrono.h>

namespace stepwell::states {
namespace {

constexpr sdk::Version1 names{"sns", "SNS", "AmazonSNS", "AmazonSNSException"};

// Of AWS's answer, which has its elements on lines of their own.
constexpr std::size_t answer_bytes = 294;
constexpr std::size_t sequence_bytes = 38;  // and the number's own

std::string content_length(const json::Value* sequence) {
  return fmt::to_string(answer_bytes + (sequence == nullptr ? 0 : sequence_bytes + sequence->as_string().size()));
}

// {"MessageId":…, "SdkHttpMetadata":…, "SdkResponseMetadata":…, "SequenceNumber":…}
json::Value result_of(const TaskCall& call, const json::Value& answer) {
  const json::Value* sequence = answer.find("SequenceNumber");
  const auto now = std::chrono::system_clock::to_time_t(call.states.clock.now());
  const std::string& request_id = call.caller.request_id;
  const auto headers =
      std::to_array<sdk::Header>({{"connection", "keep-alive"},
                                  {"Content-Length", content_length(sequence)},
                                  {"Content-Type", "text/xml"},
                                  {"Date", fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now))},
                                  {"x-amzn-RequestId", request_id}});
  json::ObjectBuilder result(call.arena);
  result.add("MessageId", answer.find("MessageId")->as_string());
  result.add("SdkHttpMetadata", sdk::http_metadata(call.arena, headers, 200));
  result.add("SdkResponseMetadata", sdk::response_metadata(call.arena, request_id));
  if (sequence != nullptr) result.add("SequenceNumber", sequence->as_string());
  return result.build();
}

}  // namespace

Task<TaskOutcome> sns_publish(TaskCall call) {
  const directory::Service* service = call.directory.find(names.service);
  if (service == nullptr) co_return cannot_start("There is no service 'sns' here.");
  wire::Call outgoing;
  const auto parameters =
      sdk::read_parameters(outgoing.arena, *service->model().operation("Publish")->input, call.arguments);
  if (!parameters) co_return cannot_start(parameters.error());
  outgoing.input = parameters->input;
  outgoing.caller = call.caller;
  outgoing.gone = call.cancelled;
  const auto reply = co_await call.directory.call(std::string(names.service), "Publish", outgoing, call.effect);
  if (!reply) co_return std::unexpected(sdk::failure(names, call, reply.error()));
  co_return json::print(result_of(call, reply->output));
}

}  // namespace stepwell::states
