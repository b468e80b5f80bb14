#include "services/scheduler/invocation.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/deliveries/ecs_target.h"
#include "services/deliveries/retries.h"
#include "services/scheduler/errors.h"
#include "services/scheduler/universal.h"
#include "wire/arn.h"

#include <algorithm>
#include <array>

namespace stepwell::scheduler {
namespace {

using deliveries::ServiceCall;

constexpr std::int64_t usual_attempts = 185;
constexpr std::int64_t usual_age = 86'400;  // seconds

struct Request {
  const Invocation& invocation;
  wire::Arn arn;
  std::string_view text;  // ARN of the target
  std::string input;
};

void invoke(Request& request, ServiceCall& call) {
  call.input = json::ObjectBuilder(request.invocation.arena)
                   .add("FunctionName", request.text)
                   .add("InvocationType", "Event")
                   .build();
  call.payload = std::move(request.input);
}

void send_message(Request& request, ServiceCall& call) {
  const wire::Arn& arn = request.arn;
  json::ObjectBuilder message(request.invocation.arena);
  message.add("QueueUrl", fmt::format("https://sqs.{}.amazonaws.com/{}/{}", arn.region, arn.account, arn.resource));
  message.add("MessageBody", request.input);
  const std::string_view group = text_of(object_of(request.invocation.target, "SqsParameters"), "MessageGroupId");
  if (!group.empty()) message.add("MessageGroupId", group);
  call.input = message.build();
}

void publish(Request& request, ServiceCall& call) {
  call.input =
      json::ObjectBuilder(request.invocation.arena).add("TopicArn", request.text).add("Message", request.input).build();
}

void start_execution(Request& request, ServiceCall& call) {
  // A name of its own makes a call that is repeated the same execution.
  call.input = json::ObjectBuilder(request.invocation.arena)
                   .add("stateMachineArn", request.text)
                   .add("name", request.invocation.id)
                   .add("input", request.input)
                   .build();
}

void put_events(Request& request, ServiceCall& call) {
  json::Arena& arena = request.invocation.arena;
  const json::Value parameters = object_of(request.invocation.target, "EventBridgeParameters");
  const json::Value resource = json::make_string(arena, request.invocation.place.arn());
  const json::Value entry = json::ObjectBuilder(arena)
                                .add("Source", text_of(parameters, "Source"))
                                .add("DetailType", text_of(parameters, "DetailType"))
                                .add("Detail", request.input)
                                .add("Resources", json::make_array(arena, {&resource, 1}))
                                .add("EventBusName", request.text)
                                .build();
  call.input = json::ObjectBuilder(arena).add("Entries", json::make_array(arena, {&entry, 1})).build();
}

void run_task(Request& request, ServiceCall& call) {
  call.input = deliveries::run_task_input(request.invocation.arena, request.text,
                                          object_of(request.invocation.target, "EcsParameters"), request.input,
                                          request.invocation.id);
}

struct Kind {
  std::string_view service;
  std::string_view operation;
  void (*fill)(Request&, ServiceCall&);
};
constexpr auto kinds = std::to_array<Kind>({{"ecs", "RunTask", run_task},
                                            {"events", "PutEvents", put_events},
                                            {"lambda", "Invoke", invoke},
                                            {"sns", "Publish", publish},
                                            {"sqs", "SendMessage", send_message},
                                            {"states", "StartExecution", start_execution}});

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

std::string scheduled_time(Timestamp due) {
  return format_rfc3339(std::chrono::floor<std::chrono::seconds>(due)).substr(0, 19) + "Z";
}

// What a target is given that is given nothing.
std::string usual_input(const Invocation& invocation) {
  const json::Value resource = json::make_string(invocation.arena, invocation.place.arn());
  return json::print(json::ObjectBuilder(invocation.arena)
                         .add("version", "0")
                         .add("id", invocation.id)
                         .add("detail-type", "Scheduled Event")
                         .add("source", "aws.scheduler")
                         .add("account", invocation.place.group.account)
                         .add("time", scheduled_time(invocation.due))
                         .add("region", invocation.place.group.region)
                         .add("resources", json::make_array(invocation.arena, {&resource, 1}))
                         .add("detail", "{}")
                         .build());
}

std::string input_of(const Invocation& invocation) {
  std::string input(text_of(invocation.target, "Input"));
  replace_all(input, "<aws.scheduler.schedule-arn>", invocation.place.arn());
  replace_all(input, "<aws.scheduler.scheduled-time>", scheduled_time(invocation.due));
  replace_all(input, "<aws.scheduler.execution-id>", invocation.id);
  replace_all(input, "<aws.scheduler.attempt-number>", "1");
  return input;
}

Result<ServiceCall> call_of(const Invocation& invocation, std::string input) {
  const std::string_view text = text_of(invocation.target, "Arn");
  const auto arn = wire::Arn::parse(text);
  if (!arn) return fail(errors::invalid("Provided Arn is not in correct format."));
  ServiceCall call;
  if (is_universal(*arn)) {
    TRY_ASSIGN(call, universal_call(invocation.arena, invocation.directory, *arn, input));
  } else {
    const auto kind = std::ranges::find(kinds, arn->service, &Kind::service);
    if (kind == kinds.end()) return fail(errors::not_implemented(fmt::format("The target {}", text)));
    call.service = kind->service;
    call.operation = kind->operation;
    if (input.empty()) input = usual_input(invocation);
    Request request{.invocation = invocation, .arn = *arn, .text = text, .input = std::move(input)};
    kind->fill(request, call);
  }
  call.account = arn->account.empty() ? invocation.place.group.account : std::string(arn->account);
  call.region = arn->region.empty() ? invocation.place.group.region : std::string(arn->region);
  call.role_arn = text_of(invocation.target, "RoleArn");
  return call;
}

std::int64_t integer_of(const json::Value& object, std::string_view name, std::int64_t otherwise) {
  const json::Value* value = object.find(name);
  return value != nullptr && value->is_number() ? value->as_integer().value_or(otherwise) : otherwise;
}

std::optional<deliveries::DeadLetter> dead_letter_of(const Invocation& invocation, std::string body) {
  const std::string_view queue = text_of(object_of(invocation.target, "DeadLetterConfig"), "Arn");
  if (queue.empty()) return std::nullopt;
  return deliveries::DeadLetter{
      .queue_arn = std::string(queue),
      .body = std::move(body),
      .attributes = {{.name = "EXECUTION_ID", .value = invocation.id},
                     {.name = "SCHEDULED_TIME", .value = scheduled_time(invocation.due)},
                     {.name = "SCHEDULE_ARN", .value = invocation.place.arn()},
                     {.name = "TARGET_ARN", .value = std::string(text_of(invocation.target, "Arn"))}},
      .tells_error = true};
}

}  // namespace

Result<void> check_target(const directory::Directory& directory, const json::Value& target) {
  const std::string_view text = text_of(target, "Arn");
  const auto arn = wire::Arn::parse(text);
  if (!arn) return fail(errors::invalid("Provided Arn is not in correct format."));
  if (is_universal(*arn)) {
    json::Arena arena;
    TRY(universal_call(arena, directory, *arn, text_of(target, "Input")));
    return {};
  }
  if (std::ranges::find(kinds, arn->service, &Kind::service) == kinds.end()) {
    return fail(errors::not_implemented(fmt::format("The target {}", text)));
  }
  const bool fifo = arn->service == "sqs" && arn->resource.ends_with(".fifo");
  if (fifo && text_of(object_of(target, "SqsParameters"), "MessageGroupId").empty()) {
    return fail(errors::invalid("MessageGroupId must be specified for FIFO queue."));
  }
  if (arn->service == "ecs" && target.find("EcsParameters") == nullptr) {
    return fail(errors::invalid("EcsParameters must be specified for an ECS target."));
  }
  if (arn->service == "events" && target.find("EventBridgeParameters") == nullptr) {
    return fail(errors::invalid("EventBridgeParameters must be specified for an event bus target."));
  }
  return {};
}

Result<deliveries::Delivery> delivery_of(const Invocation& invocation) {
  const std::string input = input_of(invocation);
  const json::Value policy = object_of(invocation.target, "RetryPolicy");
  const std::int64_t attempts = integer_of(policy, "MaximumRetryAttempts", usual_attempts);
  const std::int64_t age = integer_of(policy, "MaximumEventAgeInSeconds", usual_age);
  TRY_ASSIGN(ServiceCall call, call_of(invocation, input));
  return deliveries::Delivery{
      .what = std::move(call),
      .sender = "scheduler.amazonaws.com",
      .source_arn = invocation.place.arn(),
      .target = std::string(text_of(invocation.target, "Arn")),
      .retries = deliveries::event_retries(static_cast<std::uint32_t>(attempts), std::chrono::seconds(age)),
      .dead_letter = dead_letter_of(invocation, input.empty() ? "{}" : input)};
}

}  // namespace stepwell::scheduler
