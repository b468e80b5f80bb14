#include "server/console/api.h"

#include "engine/records.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "net/loop.h"
#include "server/console/history_stream.h"
#include "services/states/fork.h"
#include "services/states/reading.h"
#include "wire/percent.h"

#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace stepwell::server::console {
namespace {

constexpr std::string_view place = "/_stepwell/api/";
constexpr std::size_t max_found = 1'000;
constexpr std::size_t usual_found = 100;
constexpr std::chrono::milliseconds patience{400};  // of one search; what it has by then is its answer

http::Response json_response(int status, std::string body) {
  http::Response response{.status = status, .headers = {}, .body = std::move(body)};
  response.headers.add("Content-Type", "application/json");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Content-Type-Options", "nosniff");
  return response;
}

Error refused(std::string message) {
  return {.fault = Fault::client, .code = "ValidationException", .message = std::move(message), .detail = {}};
}

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

// nullopt: it is not given.
template <typename Number>
Result<std::optional<Number>> number_of(std::string_view query, std::string_view name) {
  const auto text = wire::query_value(query, name);
  if (!text || text->empty()) return std::nullopt;
  Number number{};
  const auto read = std::from_chars(text->data(), text->data() + text->size(), number);
  if (read.ec != std::errc{} || read.ptr != text->data() + text->size())
    return fail(refused(fmt::format("'{}' is no number that '{}' takes.", *text, name)));
  return number;
}

Result<std::optional<Timestamp>> time_of(std::string_view query, std::string_view name) {
  TRY_ASSIGN(const auto millis, number_of<std::int64_t>(query, name));
  return millis ? std::optional(Timestamp{Duration{*millis}}) : std::nullopt;
}

Result<std::optional<engine::Status>> status_of(std::string_view query) {
  const auto text = wire::query_value(query, "status");
  if (!text || text->empty()) return std::nullopt;
  for (const engine::Status status : engine::all_statuses) {
    if (engine::name_of(status) == *text) return status;
  }
  return fail(refused(fmt::format("There is no status '{}'.", *text)));
}

Result<states::ExecutionSearch> read_search(std::string_view query) {
  states::ExecutionSearch search;
  search.list = wire::query_value(query, "machine").value_or("");
  search.name = wire::query_value(query, "name").value_or("");
  search.text = wire::query_value(query, "text").value_or("");
  TRY_ASSIGN(search.status, status_of(query));
  TRY_ASSIGN(search.from, time_of(query, "from"));
  TRY_ASSIGN(search.to, time_of(query, "to"));
  return search;
}

Result<std::optional<states::SearchPosition>> read_position(std::string_view query) {
  const auto text = wire::query_value(query, "after");
  if (!text || text->empty()) return std::nullopt;
  const auto position = states::decode_position(*text);
  if (!position) return fail(refused("'after' is no place that a search has given."));
  return position;
}

json::Value shown(json::Arena& arena, const states::SearchPart::Found& found) {
  const engine::ListEntry& entry = found.entry;
  const auto date = [&arena](Timestamp time) { return wire::epoch_seconds(arena, time.time_since_epoch().count()); };
  json::ObjectBuilder item(arena);
  item.add("executionArn", engine::execution_arn(found.machine_arn, entry.name));
  item.add("name", entry.name);
  item.add("status", engine::name_of(entry.status));
  item.add("stateMachineArn", found.machine_arn);
  if (!entry.version_arn.empty()) item.add("stateMachineVersionArn", entry.version_arn);
  if (!entry.alias_arn.empty()) item.add("stateMachineAliasArn", entry.alias_arn);
  item.add("redriveCount", static_cast<std::int64_t>(entry.redrive_count));
  item.add("startDate", date(entry.started));
  if (entry.stopped) item.add("stopDate", date(*entry.stopped));
  return item.build();
}

Task<void> turn(Scheduler& scheduler) {
  const Pending<bool> now;
  scheduler.post([now] { now.set(true); });
  co_await now;
}

}  // namespace

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

// A text that is found or not tells of inputs and outputs.
Result<void> Api::authorize_search(const states::ExecutionSearch& search, wire::Call& call) const {
  TRY(authorize("ListExecutions", "stateMachineArn", search.list.empty() ? search.machines + "*" : search.list, call));
  if (search.text.empty()) return {};
  const std::string machines = search.list.empty() ? search.machines + "*" : search.list;
  const std::size_t kind = machines.find(":stateMachine:");
  if (kind == std::string::npos) return {};  // no machine: nothing is found
  std::string executions = machines;
  executions.replace(kind, std::string_view(":stateMachine:").size(), ":execution:");
  return authorize("DescribeExecution", "executionArn", executions + ":*", call);
}

Task<Result<http::Response>> Api::executions(std::string_view query, wire::Call& call) {
  CO_TRY_ASSIGN(states::ExecutionSearch search, read_search(query));
  search.machines = fmt::format("arn:aws:states:{}:{}:stateMachine:", call.caller.region, call.caller.account);
  CO_TRY_ASSIGN(auto position, read_position(query));
  CO_TRY_ASSIGN(const auto limit, number_of<std::size_t>(query, "limit"));
  CO_TRY(authorize_search(search, call));
  const std::size_t wanted = std::clamp<std::size_t>(limit.value_or(usual_found), 1, max_found);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  std::vector<json::Value> items;
  std::int64_t looked_at = 0;
  do {
    CO_TRY_ASSIGN(const states::SearchPart part, node_->executions().search(search, position, wanted - items.size()));
    for (const auto& found : part.found) items.push_back(shown(call.arena, found));
    looked_at += static_cast<std::int64_t>(part.looked_at);
    position = part.next;
    if (position) co_await turn(node_->loop());
  } while (position && items.size() < wanted && !call.gone.stop_requested() &&
           std::chrono::steady_clock::now() < deadline);
  json::ObjectBuilder output(call.arena);
  output.add("executions", json::make_array(call.arena, items));
  output.add("lookedAt", looked_at);
  if (position) output.add("next", states::encode(*position));
  co_return json_response(200, json::print(output.build()));
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
