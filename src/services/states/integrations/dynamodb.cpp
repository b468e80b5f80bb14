// arn:aws:states:::dynamodb:getItem, putItem, updateItem, deleteItem (spec §4): the operation of that name, its answer
// with the HTTP answer behind it.

#include "lang/json/build.h"
#include "lang/json/print.h"
#include "services/states/sdk/failure.h"
#include "services/states/sdk/metadata.h"
#include "services/states/sdk/parameters.h"
#include "services/states/sdk/result.h"

#include <algorithm>
#include <array>
#include <ctime>

#include <fmt/chrono.h>

namespace stepwell::states {
namespace {

constexpr sdk::Version1 names{"dynamodb", "DynamoDB", "AmazonDynamoDBv2", "AmazonDynamoDBException"};

// By which DynamoDB's clients check what they have received (ISO 3309).
std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ (crc & 1U ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

std::string operation_name(std::string_view action) {
  std::string name(action);
  name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return name;
}

// The answer's members and the two of the SDK, all in order.
json::Value result_of(const TaskCall& call, const wire::Shape& shape, const json::Value& output, std::string_view id) {
  const std::string body = json::print(output);
  const auto now = std::chrono::system_clock::to_time_t(call.states.clock.now());
  const auto headers =
      std::to_array<sdk::Header>({{"Server", "Server"},
                                  {"Connection", "keep-alive"},
                                  {"x-amzn-RequestId", std::string(id)},
                                  {"x-amz-crc32", std::to_string(crc32(body))},
                                  {"Content-Length", std::to_string(body.size())},
                                  {"Date", fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now))},
                                  {"Content-Type", "application/x-amz-json-1.0"}});
  const json::Value members = sdk::result(call.arena, shape, output, sdk::Dates::epoch_milliseconds);
  json::ObjectBuilder result(call.arena);
  for (const json::Member& member : members.members()) result.add(member.key, member.value);
  result.add("SdkHttpMetadata", sdk::http_metadata(call.arena, headers, 200));
  result.add("SdkResponseMetadata", sdk::response_metadata(call.arena, id));
  return result.build();
}

}  // namespace

Task<TaskOutcome> dynamodb(TaskCall call) {
  const directory::Service* service = call.directory.find(names.service);
  const std::string name = operation_name(call.task.resource->action);
  const wire::OperationModel* operation = service == nullptr ? nullptr : service->model().operation(name);
  if (operation == nullptr) {
    co_return std::unexpected(TaskFailure{"DynamoDB.SdkClientException",
                                          "There is no service 'dynamodb' here. Name one that answers for it: "
                                          "--endpoint dynamodb=URL"});
  }
  wire::Call outgoing;
  auto parameters = sdk::read_parameters(outgoing.arena, *operation->input, call.arguments);
  if (!parameters) co_return cannot_start(std::move(parameters).error());
  outgoing.input = parameters->input;
  outgoing.caller = call.caller;
  outgoing.gone = call.cancelled;
  const auto reply = co_await call.directory.call(std::string(names.service), name, outgoing, call.effect);
  if (!reply) {
    call.caller.request_id = outgoing.caller.request_id;  // as the service has called it
    co_return std::unexpected(sdk::failure(names, call, reply.error()));
  }
  co_return json::print(result_of(call, *operation->output, reply->output, outgoing.caller.request_id));
}

}  // namespace stepwell::states
