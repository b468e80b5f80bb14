// stepwell run: one definition, here and now, without a server. Prints the output; exit code 1 when the execution
// fails.

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "net/loop.h"
#include "server/commands/commands.h"
#include "server/files.h"
#include "server/node.h"
#include "server/system_ports.h"

#include <cstdio>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

// Calls of the API from inside, as a client would make them.
class LocalClient {
 public:
  LocalClient(Node& node, const Identity& identity) : node_(node), identity_(identity) {}

  Task<Result<json::Value>> call(json::Arena& arena, std::string operation, json::Value input) {
    wire::Call call;
    call.caller = {.account = identity_.account,
                   .region = identity_.region,
                   .access_key = {},
                   .request_id = make_uuid(node_.random())};
    call.input = input;
    CO_TRY_ASSIGN(const wire::Reply reply, co_await node_.directory().call("states", std::move(operation), call));
    co_return json::copy(arena, reply.output);
  }

 private:
  Node& node_;
  const Identity& identity_;
};

std::string text_of(const json::Value& object, std::string_view member) {
  const json::Value* value = object.find(member);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

void complain(const Error& error) {
  fmt::print(stderr, "{}: {}\n", error.code, error.message);
  if (!error.detail.empty()) fmt::print(stderr, "{}\n", error.detail);
}

// Waits, without asking the store again and again, for long executions less and less often.
Task<void> pause(net::Loop& loop, Duration delay) {
  Pending<bool> elapsed;
  const auto timer = loop.after(delay, [elapsed] { elapsed.set(true); });
  co_await elapsed;
}

Task<Result<json::Value>> run_to_end(Node& node, LocalClient& client, json::Arena& arena, std::string execution) {
  Duration delay{1};
  while (true) {
    CO_TRY_ASSIGN(const json::Value described,
                  co_await client.call(arena, "DescribeExecution",
                                       json::ObjectBuilder(arena).add("executionArn", execution).build()));
    if (text_of(described, "status") != "RUNNING") co_return described;
    co_await pause(node.loop(), delay);
    delay = std::min(delay * 2, Duration{100});
  }
}

Task<Result<void>> print_history(LocalClient& client, json::Arena& arena, std::string execution) {
  std::string token;
  do {
    json::ObjectBuilder input(arena);
    input.add("executionArn", execution).add("maxResults", 1000);
    if (!token.empty()) input.add("nextToken", token);
    CO_TRY_ASSIGN(const json::Value page, co_await client.call(arena, "GetExecutionHistory", input.build()));
    for (const json::Value& event : page.find("events")->elements()) fmt::print(stderr, "{}\n", json::print(event));
    token = text_of(page, "nextToken");
  } while (!token.empty());
  co_return Result<void>{};
}

// The exit code.
Task<Result<int>> execute(Node& node, const RunOptions& options, std::string definition, std::string input) {
  LocalClient client(node, options.identity);
  json::Arena arena;
  const std::string role = fmt::format("arn:aws:iam::{}:role/local", options.identity.account);
  CO_TRY_ASSIGN(
      const json::Value machine,
      co_await client.call(
          arena, "CreateStateMachine",
          json::ObjectBuilder(arena).add("name", "run").add("definition", definition).add("roleArn", role).build()));
  CO_TRY_ASSIGN(const json::Value started,
                co_await client.call(arena, "StartExecution",
                                     json::ObjectBuilder(arena)
                                         .add("stateMachineArn", text_of(machine, "stateMachineArn"))
                                         .add("input", input)
                                         .build()));
  const std::string execution = text_of(started, "executionArn");
  CO_TRY_ASSIGN(const json::Value ended, co_await run_to_end(node, client, arena, execution));
  if (options.trace) CO_TRY(co_await print_history(client, arena, execution));
  if (text_of(ended, "status") == "SUCCEEDED") {
    fmt::print("{}\n", text_of(ended, "output"));
    co_return 0;
  }
  const std::string error = text_of(ended, "error");
  const std::string cause = text_of(ended, "cause");
  fmt::print(stderr, "{}: {}{}{}\n", text_of(ended, "status"), error.empty() ? "(no error name)" : error,
             cause.empty() ? "" : ": ", cause);
  co_return 1;
}

}  // namespace

int run(const RunOptions& options) {
  ConsoleLog log(Log::Level::warning);
  const auto definition = read_file(options.file);
  const auto input = read_argument(options.input);
  if (!definition || !input) {
    complain(definition ? input.error() : definition.error());
    return 2;
  }
  const auto endpoints = all_endpoints({}, options.endpoints);
  if (!endpoints) {
    complain(endpoints.error());
    return 2;
  }
  auto node = Node::open({.identity = options.identity,
                          .store = "memory",
                          .data_dir = {},
                          .sync = "always",
                          .endpoints = *endpoints,
                          .mocks = options.mocks,
                          .ca_bundle = options.ca_bundle,
                          .root_keys = {}},
                         log);
  if (!node) {
    complain(node.error());
    return 2;
  }
  if (const auto started = (*node)->start(); !started) {
    complain(started.error());
    return 2;
  }
  int code = 2;
  (*node)->loop().post([&] {
    start(execute(**node, options, *definition, *input),
          [&](std::optional<Result<int>> result, std::exception_ptr failure) {
            if (failure)
              log.error("The run ended with an exception.");
            else if (*result)
              code = **result;
            else
              complain(result->error());
            (*node)->loop().stop();
          });
  });
  (*node)->loop().run();
  return code;
}

}  // namespace stepwell::server
