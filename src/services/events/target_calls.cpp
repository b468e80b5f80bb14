#include "services/events/target_calls.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "services/deliveries/ecs_target.h"
#include "services/events/errors.h"

#include <array>

namespace stepwell::events {
namespace {

using deliveries::ServiceCall;

struct Request {
  const Target& target;
  const json::Value& document;
  wire::Arn arn;
  std::string input;
  const DeliveryContext& context;
};

void start_execution(Request& request, ServiceCall& call) {
  json::Arena& arena = request.context.arena;
  // A name of its own makes a call that is repeated the same execution.
  const std::string_view id = request.context.occasion.event.find("id")->as_string();
  call.input = json::ObjectBuilder(arena)
                   .add("stateMachineArn", request.target.arn)
                   .add("name", fmt::format("{}_{}", id, make_uuid(request.context.random)))
                   .add("input", request.input)
                   .build();
}

void invoke(Request& request, ServiceCall& call) {
  call.input = json::ObjectBuilder(request.context.arena)
                   .add("FunctionName", request.target.arn)
                   .add("InvocationType", "Event")
                   .build();
  call.payload = std::move(request.input);
}

void send_message(Request& request, ServiceCall& call) {
  json::ObjectBuilder message(request.context.arena);
  message.add("QueueUrl", fmt::format("https://sqs.{}.amazonaws.com/{}/{}", request.arn.region, request.arn.account,
                                      request.arn.resource));
  message.add("MessageBody", request.input);
  const std::string_view group = text_of(object_of(request.document, "SqsParameters"), "MessageGroupId");
  if (!group.empty()) message.add("MessageGroupId", group);
  call.input = message.build();
}

void publish(Request& request, ServiceCall& call) {
  call.input = json::ObjectBuilder(request.context.arena)
                   .add("TopicArn", request.target.arn)
                   .add("Message", request.input)
                   .build();
}

// arn:aws:logs:<region>:<account>:log-group:/aws/events/orders[:*]
std::string_view log_group(const wire::Arn& arn) {
  std::string_view group = arn.resource;
  constexpr std::string_view start = "log-group:";
  if (group.starts_with(start)) group.remove_prefix(start.size());
  if (group.ends_with(":*")) group.remove_suffix(2);
  return group;
}

// EventBridge comes to a log group as itself, whatever role the target names.
void put_log_events(Request& request, ServiceCall& call) {
  call.role_arn.clear();
  json::Arena& arena = request.context.arena;
  const json::Value event =
      json::ObjectBuilder(arena)
          .add("timestamp", static_cast<std::int64_t>(request.context.occasion.now.time_since_epoch().count()))
          .add("message", request.input)
          .build();
  call.input = json::ObjectBuilder(arena)
                   .add("logGroupName", log_group(request.arn))
                   .add("logStreamName", request.context.occasion.rule_name)
                   .add("logEvents", json::make_array(arena, {&event, 1}))
                   .build();
}

// Members as Batch names them: Environment → environment. Keys of maps are the user's own; there are none here.
json::Value in_camel_case(json::Arena& arena, const json::Value& value) {
  if (value.is_array()) {
    std::vector<json::Value> elements;
    for (const json::Value& element : value.elements()) elements.push_back(in_camel_case(arena, element));
    return json::make_array(arena, elements);
  }
  if (!value.is_object()) return value;
  json::ObjectBuilder object(arena);
  for (const json::Member& member : value.members()) {
    std::string name(member.key);
    if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] - 'A' + 'a');
    object.add(json::make_string(arena, name).as_string(), in_camel_case(arena, member.value));
  }
  return object.build();
}

// What the target's input says of the job, where a transformer has made one: its parameters and overrides.
void add_input(json::ObjectBuilder& job, json::Arena& arena, std::string_view text) {
  const auto input = json::parse_copy(arena, text);
  if (!input || !input->is_object()) return;
  if (const json::Value* parameters = input->find("Parameters"); parameters != nullptr && parameters->is_object()) {
    job.add("parameters", *parameters);
  }
  if (const json::Value* overrides = input->find("ContainerOverrides");
      overrides != nullptr && overrides->is_object()) {
    job.add("containerOverrides", in_camel_case(arena, *overrides));
  }
}

// The shape of the rule's parameters with the names that Batch gives them.
void submit_job(Request& request, ServiceCall& call) {
  json::Arena& arena = request.context.arena;
  const json::Value parameters = object_of(request.document, "BatchParameters");
  json::ObjectBuilder job(arena);
  job.add("jobQueue", request.target.arn)
      .add("jobDefinition", text_of(parameters, "JobDefinition"))
      .add("jobName", text_of(parameters, "JobName"));
  if (const json::Value* size = object_of(parameters, "ArrayProperties").find("Size")) {
    job.add("arrayProperties", json::ObjectBuilder(arena).add("size", *size).build());
  }
  if (const json::Value* attempts = object_of(parameters, "RetryStrategy").find("Attempts")) {
    job.add("retryStrategy", json::ObjectBuilder(arena).add("attempts", *attempts).build());
  }
  add_input(job, arena, request.input);
  call.input = job.build();
}

void run_task(Request& request, ServiceCall& call) {
  call.input = deliveries::run_task_input(request.context.arena, request.target.arn,
                                          object_of(request.document, "EcsParameters"), request.input,
                                          make_uuid(request.context.random));
}

struct Kind {
  std::string_view service;
  std::string_view operation;
  void (*fill)(Request&, ServiceCall&);
  bool needs_role = false;
  std::string_view parameters = {};  // of the target, that have to be there
};
constexpr auto kinds = std::to_array<Kind>({
    {"batch", "SubmitJob", submit_job, true, "BatchParameters"},
    {"ecs", "RunTask", run_task, true, "EcsParameters"},
    {"lambda", "Invoke", invoke},
    {"logs", "PutLogEvents", put_log_events},
    {"sns", "Publish", publish},
    {"sqs", "SendMessage", send_message},
    {"states", "StartExecution", start_execution, true},
});

}  // namespace

Result<ServiceCall> target_call(const Target& target, const json::Value& document, std::string input,
                                const DeliveryContext& context) {
  const auto arn = wire::Arn::parse(target.arn);
  const auto kind = std::ranges::find(kinds, arn->service, &Kind::service);
  if (kind == kinds.end()) return fail(errors::not_implemented(fmt::format("The target {}", target.arn)));
  ServiceCall call{.service = std::string(kind->service),
                   .operation = std::string(kind->operation),
                   .account = std::string(arn->account.empty() ? context.account : arn->account),
                   .region = std::string(arn->region.empty() ? context.region : arn->region),
                   .role_arn = target.role_arn};
  Request request{.target = target, .document = document, .arn = *arn, .input = std::move(input), .context = context};
  kind->fill(request, call);
  return call;
}

Result<void> check_target_call(const wire::Arn& arn, const json::Value& document) {
  const auto kind = std::ranges::find(kinds, arn.service, &Kind::service);
  if (kind == kinds.end()) return fail(errors::not_implemented(fmt::format("The target {}", arn.text())));
  if (kind->needs_role && text_of(document, "RoleArn").empty()) {
    return fail(errors::invalid(fmt::format("RoleArn is required for target {}.", arn.text())));
  }
  if (!kind->parameters.empty() && document.find(kind->parameters) == nullptr) {
    return fail(errors::invalid(fmt::format("{} is required for target {}.", kind->parameters, arn.text())));
  }
  const bool fifo = arn.service == "sqs" && arn.resource.ends_with(".fifo");
  if (fifo && text_of(object_of(document, "SqsParameters"), "MessageGroupId").empty()) {
    return fail(errors::invalid(
        fmt::format("Parameter(s) SqsParameters must be specified for target: {}.", text_of(document, "Id"))));
  }
  return {};
}

}  // namespace stepwell::events
