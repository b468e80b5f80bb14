// arn:aws:states:::events:putEvents (spec §4): a detail may be any JSON, which is sent as text; every event names the
// execution and its state machine among its resources. One entry that is refused fails the task; the others are sent
// with its failure.

#include "lang/json/build.h"
#include "lang/json/print.h"
#include "services/states/sdk/failure.h"
#include "services/states/sdk/parameters.h"

namespace stepwell::states {
namespace {

constexpr sdk::Version1 names{"events", "EventBridge", "AmazonEventBridge", "AmazonEventBridgeException"};

json::Value with_resources(json::Arena& arena, const json::Value& entry, const engine::RunTask& task) {
  std::vector<json::Value> resources;
  if (const json::Value* given = entry.find("Resources"); given != nullptr && given->is_array()) {
    resources.assign(given->elements().begin(), given->elements().end());
  }
  resources.push_back(json::make_string(arena, task.execution_arn));
  resources.push_back(json::make_string(arena, task.revision->machine_arn));
  json::ObjectBuilder named(arena);
  for (const json::Member& member : entry.members()) named.add(member.key, member.value);
  return named.add("Resources", json::make_array(arena, resources)).build();
}

json::Value with_resources(json::Arena& arena, const engine::RunTask& task, const json::Value& input) {
  const json::Value* entries = input.find("Entries");
  if (entries == nullptr || !entries->is_array()) return input;
  std::vector<json::Value> named;
  for (const json::Value& entry : entries->elements()) {
    named.push_back(entry.is_object() ? with_resources(arena, entry, task) : entry);
  }
  json::ObjectBuilder object(arena);
  for (const json::Member& member : input.members()) object.add(member.key, member.value);
  return object.add("Entries", json::make_array(arena, named)).build();
}

bool has_failures(const wire::Reply& reply) {
  const json::Value* failed = reply.output.find("FailedEntryCount");
  return failed != nullptr && failed->is_number() && failed->as_integer() != 0;
}

// {"Entries":[…],"FailedEntryCount":0}
std::string show(json::Arena& arena, const json::Value& output) {
  json::ObjectBuilder result(arena);
  for (const std::string_view name : {"Entries", "FailedEntryCount"}) {
    if (const json::Value* value = output.find(name)) result.add(name, *value);
  }
  return json::print(result.build());
}

}  // namespace

Task<TaskOutcome> events_put_events(TaskCall call) {
  const directory::Service* service = call.directory.find(names.service);
  if (service == nullptr) co_return cannot_start("There is no service 'events' here.");
  const auto parameters =
      sdk::read_parameters(call.arena, *service->model().operation("PutEvents")->input, call.arguments);
  if (!parameters) co_return cannot_start(parameters.error());
  wire::Call put;
  put.input = with_resources(call.arena, call.task, parameters->input);
  put.caller = call.caller;
  put.gone = call.cancelled;
  const auto reply = co_await call.directory.call(std::string(names.service), "PutEvents", put, call.effect);
  if (!reply) co_return std::unexpected(sdk::failure(names, call, reply.error()));
  if (has_failures(*reply)) {
    co_return std::unexpected(TaskFailure{"EventBridge.FailedEntry", show(call.arena, reply->output)});
  }
  co_return show(call.arena, reply->output);
}

}  // namespace stepwell::states
