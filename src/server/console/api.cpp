#include "server/console/api.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "net/loop.h"
#include "server/console/history_stream.h"
#include "server/console/query.h"
#include "services/states/fork.h"
#include "services/states/reading.h"
#include "wire/percent.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

namespace stepwell::server::console {
namespace {

constexpr std::string_view place = "/_stepwell/api/";
constexpr unsigned most_threads = 4;

Error no_such_question(std::string_view name) {
  return {.fault = Fault::client,
          .code = "UnknownOperationException",
          .message = fmt::format("The console's API has no '{}'.", name),
          .detail = {},
          .status = 404};
}

Error wrong_method(std::string_view right) {
  return {.fault = Fault::client,
          .code = "MethodNotAllowedException",
          .message = fmt::format("Use {}.", right),
          .detail = {},
          .status = 405};
}

}  // namespace

Api::Api(Node& node, Facts facts)
    : node_(&node),
      facts_(std::move(facts)),
      threads_(std::clamp(std::thread::hardware_concurrency(), 1U, most_threads)),
      workers_(node.loop(), threads_) {}

bool is_api(std::string_view target) { return target.starts_with(place); }

bool is_for_anybody(std::string_view target) { return wire::split_target(target).first == "/_stepwell/api/server"; }

http::Response refusal(const Error& error) {
  std::string body = "{\"__type\":";
  json::print_string(body, error.code);
  body += ",\"message\":";
  json::print_string(body, error.message);
  const int usual = error.fault == Fault::server ? 500 : 400;
  http::Response response = json_response(error.status != 0 ? error.status : usual, body + "}");
  response.headers.add("x-amzn-ErrorType", error.code);
  return response;
}

http::Response Api::facts(const wire::Caller&) const {
  json::Arena arena;
  json::ObjectBuilder facts(arena);
  facts.add("version", facts_.version);
  facts.add("region", facts_.region);
  facts.add("credentials", facts_.credentials);
  return json_response(200, json::print(facts.build()));
}

Task<http::Response> Api::answer(http::Request request, wire::Call call) {
  auto response = co_await route(request, call);
  co_return response ? std::move(*response) : refusal(response.error());
}

Task<Result<http::Response>> Api::route(http::Request& request, wire::Call& call) {
  const auto [path, query] = wire::split_target(request.target);
  const std::string_view name = path.substr(place.size());
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if ((name == "fork") == reads) co_return fail(wrong_method(reads ? "POST" : "GET"));
  if (name == "fork") co_return co_await fork(std::move(request.body), call);
  if (name == "executions") co_return co_await executions(query, call);
  if (name == "figures") co_return co_await figures(query, call);
  if (name == "runs") co_return runs(query, call);
  if (name == "events") co_return events(query, call);
  if (name == "event") co_return event(query, call);
  co_return fail(no_such_question(name));
}

// As AWS's operation that reads the same.
Result<void> Api::authorize(std::string_view operation, std::string_view member, std::string_view arn,
                            wire::Call& call) const {
  directory::Service* const states = node_->directory().find("states");
  call.operation = states->model().operation(operation);
  json::ObjectBuilder input(call.arena);
  if (!arn.empty()) input.add(member, arn);
  call.input = input.build();
  return node_->directory().authorize(*states, call);
}

Result<http::Response> Api::events(std::string_view query, wire::Call& call) const {
  const std::string arn = wire::query_value(query, "execution").value_or("");
  TRY(authorize("GetExecutionHistory", "executionArn", arn, call));
  TRY_ASSIGN(const engine::ExecutionId id, node_->executions().find(arn));
  TRY_ASSIGN(const auto after, number_of<engine::Serial>(query, "after"));
  http::Response response;
  response.headers.add("Content-Type", "text/event-stream");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.stream = history_stream(node_->executions(), id, after.value_or(1), node_->loop(), call.gone);
  return response;
}

Result<http::Response> Api::event(std::string_view query, wire::Call& call) const {
  const std::string arn = wire::query_value(query, "execution").value_or("");
  TRY(authorize("GetExecutionHistory", "executionArn", arn, call));
  TRY_ASSIGN(const engine::ExecutionId id, node_->executions().find(arn));
  TRY_ASSIGN(const auto event, number_of<engine::EventId>(query, "id"));
  TRY_ASSIGN(const json::Value found, node_->executions().event(id, event.value_or(0), call.arena));
  return json_response(200, json::print(found));
}

// As whoever reads the one and starts the other.
Task<Result<http::Response>> Api::fork(std::string body, wire::Call& call) {
  const auto asked = json::parse(call.arena, body);
  if (!asked || !asked->is_object()) co_return fail(refused("The body has to be a JSON object."));
  const auto text = [&asked](std::string_view name) {
    const json::Value* value = asked->find(name);
    return std::string(value != nullptr && value->is_string() ? value->as_string() : "");
  };
  states::ForkRequest request{
      .execution_arn = text("execution"), .input = text("input"), .variables = text("variables")};
  if (request.variables.empty()) request.variables = "{}";
  const json::Value* event = asked->find("event");
  const auto number = event != nullptr && event->is_number() ? event->as_integer() : std::nullopt;
  request.event = static_cast<engine::EventId>(number.value_or(0));
  CO_TRY(authorize("GetExecutionHistory", "executionArn", request.execution_arn, call));
  std::string machine = request.execution_arn.substr(0, request.execution_arn.rfind(':'));
  if (const std::size_t kind = machine.find(":execution:"); kind != std::string::npos)
    machine.replace(kind, std::string_view(":execution:").size(), ":stateMachine:");
  CO_TRY(authorize("StartExecution", "stateMachineArn", machine, call));
  CO_TRY_ASSIGN(const std::string arn, co_await node_->executions().fork(std::move(request)));
  co_return json_response(200, json::print(json::ObjectBuilder(call.arena).add("executionArn", arn).build()));
}

}  // namespace stepwell::server::console
