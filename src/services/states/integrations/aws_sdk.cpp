// arn:aws:states:::aws-sdk:<service>:<action> (spec §4): any operation of any service of the directory.

#include "lang/json/build.h"
#include "lang/json/print.h"
#include "services/states/sdk/failure.h"
#include "services/states/sdk/parameters.h"
#include "services/states/sdk/result.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

struct Entry {
  std::string_view name;  // in resources
  sdk::Version2 names;
};

constexpr auto services = std::to_array<Entry>({
#define SERVICE(name, service, prefix) {name, {service, prefix}},
#include "services/states/sdk/services.def"
#undef SERVICE
});

constexpr std::string_view prefix = "aws-sdk:";

const wire::OperationModel* find_operation(const wire::ApiModel& model, std::string_view action) {
  const auto found = std::ranges::find_if(model.operations(), [action](const wire::OperationModel& operation) {
    return sdk::is_pascal_name_of(operation.name, action);
  });
  return found == model.operations().end() ? nullptr : &*found;
}

// The answer with its raw body, where it has one, behind the other members.
json::Value result_of(json::Arena& arena, const wire::Shape& shape, const wire::Reply& reply) {
  const json::Value members = sdk::result(arena, shape, reply.output, sdk::Dates::rfc3339);
  const auto body = std::ranges::find(shape.members, wire::Location::payload, &wire::ShapeMember::location);
  if (body == shape.members.end()) return members;
  json::ObjectBuilder object(arena);
  for (const json::Member& member : members.members()) object.add(member.key, member.value);
  object.add(sdk::pascal_name(arena, body->name), reply.payload);
  return object.build();
}

}  // namespace

Task<TaskOutcome> aws_sdk(TaskCall call) {
  const std::string_view name = std::string_view(call.task.resource->service).substr(prefix.size());
  const auto entry = std::ranges::find(services, name, &Entry::name);
  const directory::Service* service = entry == services.end() ? nullptr : call.directory.find(entry->names.service);
  if (service == nullptr) {
    co_return cannot_start(fmt::format("The resource {} cannot be reached: there is no service '{}' here.",
                                       call.task.resource->arn, name));
  }
  const wire::OperationModel* operation = find_operation(service->model(), call.task.resource->action);
  if (operation == nullptr) {
    co_return cannot_start(fmt::format("The resource {} cannot be reached: '{}' has no action '{}' here.",
                                       call.task.resource->arn, name, call.task.resource->action));
  }
  wire::Call outgoing;
  auto parameters = sdk::read_parameters(outgoing.arena, *operation->input, call.arguments);
  if (!parameters) co_return cannot_start(std::move(parameters).error());
  outgoing.input = parameters->input;
  outgoing.payload = std::move(parameters->payload);
  outgoing.caller = call.caller;
  outgoing.gone = call.cancelled;
  const auto reply =
      co_await call.directory.call(std::string(entry->names.service), operation->name, outgoing, call.effect);
  if (!reply) {
    call.caller.request_id = outgoing.caller.request_id;  // as the service has called it
    co_return std::unexpected(sdk::failure(entry->names, call, reply.error()));
  }
  co_return json::print(result_of(outgoing.arena, *operation->output, *reply));
}

}  // namespace stepwell::states
