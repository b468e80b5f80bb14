#include "services/lambda/destinations.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/deliveries/queue_url.h"
#include "services/deliveries/retries.h"
#include "services/lambda/references.h"
#include "wire/arn.h"

#include <fmt/format.h>

namespace stepwell::lambda {
namespace {

using deliveries::ServiceCall;

constexpr std::string_view sender = "lambda.amazonaws.com";
constexpr std::size_t max_error_message = 1'024;

std::string_view name_of(Condition condition) {
  switch (condition) {
    case Condition::success: return "Success";
    case Condition::retries_exhausted: return "RetriesExhausted";
    case Condition::event_age_exceeded: return "EventAgeExceeded";
  }
  return {};
}

// JSON as it is, anything else as a text.
json::Value payload_of(json::Arena& arena, std::string_view payload) {
  const auto value = json::parse_copy(arena, payload);
  return value ? *value : json::make_string(arena, payload);
}

std::string qualified(const EventRecord& event) { return fmt::format("{}:{}", event.arn, latest); }

// What a destination is told.
json::Value record_of(json::Arena& arena, const Ending& ending) {
  const EventRecord& event = ending.event;
  json::ObjectBuilder request(arena);
  request.add("requestId", event.invocation.request_id).add("functionArn", qualified(event));
  request.add("condition", name_of(ending.condition));
  request.add("approximateInvokeCount", static_cast<std::int64_t>(event.attempts));
  json::ObjectBuilder record(arena);
  record.add("version", "1.0").add("timestamp", format_rfc3339(ending.at)).add("requestContext", request.build());
  record.add("requestPayload", payload_of(arena, event.invocation.payload));
  if (!ending.outcome) return record.build();
  json::ObjectBuilder response(arena);
  response.add("statusCode", 200).add("executedVersion", latest);
  if (ending.outcome->kind == Outcome::Kind::function_error) response.add("functionError", "Unhandled");
  record.add("responseContext", response.build());
  return record.add("responsePayload", payload_of(arena, ending.outcome->payload)).build();
}

// One call for each kind of target; its account, region and role are the caller's to add.
std::optional<ServiceCall> call_of(json::Arena& arena, const wire::Arn& target, std::string_view arn,
                                   const std::string& text) {
  json::ObjectBuilder input(arena);
  if (target.service == "sqs") {
    input.add("QueueUrl", deliveries::queue_url(target)).add("MessageBody", text);
    return ServiceCall{.service = "sqs", .operation = "SendMessage", .input = input.build()};
  }
  if (target.service == "sns") {
    input.add("TopicArn", arn).add("Message", text);
    return ServiceCall{.service = "sns", .operation = "Publish", .input = input.build()};
  }
  if (target.service == "lambda") {
    input.add("FunctionName", arn).add("InvocationType", "Event");
    return ServiceCall{.service = "lambda", .operation = "Invoke", .input = input.build(), .payload = text};
  }
  return std::nullopt;
}

ServiceCall put_event(json::Arena& arena, std::string_view bus, const Ending& ending, const std::string& text) {
  const json::Value function = json::make_string(arena, qualified(ending.event));
  const bool succeeded = ending.condition == Condition::success;
  const json::Value entry =
      json::ObjectBuilder(arena)
          .add("Source", "lambda")
          .add("DetailType", fmt::format("Lambda Function Invocation Result - {}", succeeded ? "Success" : "Failure"))
          .add("Detail", text)
          .add("Resources", json::make_array(arena, std::span(&function, 1)))
          .add("EventBusName", bus)
          .build();
  const json::Value entries = json::make_array(arena, std::span(&entry, 1));
  return {.service = "events",
          .operation = "PutEvents",
          .input = json::ObjectBuilder(arena).add("Entries", entries).build()};
}

Result<void> send(deliveries::Deliveries& deliveries, const FunctionRecord& function, std::string_view arn,
                  ServiceCall call, store::Batch& batch) {
  const auto target = wire::Arn::parse(arn);
  call.account = target->account;
  call.region = target->region;
  call.role_arn = function.role;
  return deliveries.add({.what = std::move(call),
                         .sender = std::string(sender),
                         .source_arn = function.arn,
                         .target = std::string(arn),
                         .retries = deliveries::managed_endpoint_retries()},
                        batch);
}

json::Value attribute(json::Arena& arena, std::string_view type, std::string_view value) {
  return json::ObjectBuilder(arena).add("DataType", type).add("StringValue", value).build();
}

std::string error_message(const Result<Outcome>& outcome) {
  json::Arena arena;
  std::string message = outcome ? outcome->payload : outcome.error().message;
  const auto error = outcome ? json::parse(arena, outcome->payload) : json::parse(arena, "");
  const json::Value* told = error ? error->find("errorMessage") : nullptr;
  if (told != nullptr && told->is_string()) message = told->as_string();
  std::size_t end = std::min(message.size(), max_error_message);
  while (end < message.size() && end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0U) == 0x80U) --end;
  message.resize(end);
  return message.empty() ? "Unhandled" : message;
}

// The event itself, with what went wrong as attributes.
Result<void> send_dead_letter(deliveries::Deliveries& deliveries, const FunctionRecord& function, const Ending& ending,
                              store::Batch& batch) {
  const std::string arn = dead_letter_target(function);
  const auto target = wire::Arn::parse(arn);
  if (!target) return {};
  json::Arena arena;
  auto call = call_of(arena, *target, arn, ending.event.invocation.payload);
  if (!call) return {};
  const json::Value attributes = json::ObjectBuilder(arena)
                                     .add("RequestID", attribute(arena, "String", ending.event.invocation.request_id))
                                     .add("ErrorCode", attribute(arena, "Number", "200"))
                                     .add("ErrorMessage", attribute(arena, "String", error_message(ending.outcome)))
                                     .build();
  json::ObjectBuilder input(arena);
  for (const json::Member& member : call->input.members()) input.add(member.key, member.value);
  call->input = input.add("MessageAttributes", attributes).build();
  return send(deliveries, function, arn, std::move(*call), batch);
}

}  // namespace

bool is_destination(std::string_view arn) {
  const auto target = wire::Arn::parse(arn);
  return target && (target->service == "sqs" || target->service == "sns" || target->service == "lambda" ||
                    target->service == "events");
}

std::string dead_letter_target(const FunctionRecord& function) {
  json::Arena arena;
  const auto shown = json::parse(arena, function.shown);
  const json::Value* config = shown ? shown->find("DeadLetterConfig") : nullptr;
  const json::Value* target = config == nullptr ? nullptr : config->find("TargetArn");
  return target != nullptr && target->is_string() ? std::string(target->as_string()) : std::string();
}

Result<void> tell_destinations(deliveries::Deliveries& deliveries, const FunctionRecord& function,
                               const EventConfig& config, const Ending& ending, store::Batch& batch) {
  const bool succeeded = ending.condition == Condition::success;
  if (!succeeded) TRY(send_dead_letter(deliveries, function, ending, batch));
  const std::string& arn = succeeded ? config.on_success : config.on_failure;
  const auto target = wire::Arn::parse(arn);
  if (!target) return {};
  json::Arena arena;
  const std::string text = json::print(record_of(arena, ending));
  if (target->service == "events") {
    return send(deliveries, function, arn, put_event(arena, arn, ending, text), batch);
  }
  auto call = call_of(arena, *target, arn, text);
  return call ? send(deliveries, function, arn, std::move(*call), batch) : Result<void>();
}

}  // namespace stepwell::lambda
