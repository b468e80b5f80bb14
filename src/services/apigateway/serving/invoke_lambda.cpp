#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "services/apigateway/serving/answers.h"
#include "services/apigateway/serving/invocation.h"
#include "services/apigateway/serving/lambda_answer.h"
#include "services/apigateway/serving/lambda_event.h"

namespace stepwell::apigateway {

wire::Caller caller_of(const Exchange& exchange, Random& random) {
  wire::Caller caller;
  caller.account = exchange.stage->account;
  caller.region = exchange.stage->region;
  caller.request_id = make_uuid(random);
  caller.trace_header = exchange.request.headers.get("X-Amzn-Trace-Id");
  return caller;
}

Task<Result<std::optional<std::string>>> call_function(const Invoker& invoker, const Exchange& exchange,
                                                       FunctionCall call) {
  CO_TRY_ASSIGN(const auto made, invoker.calls.prepare("lambda", "Invoke", caller_of(exchange, invoker.random),
                                                       call.role, call.source_arn));
  made->call.input = json::ObjectBuilder(made->call.arena).add("FunctionName", call.function).build();
  made->call.payload = std::move(call.event);
  if (!co_await invoker.calls.make(made, call.timeout)) co_return std::nullopt;
  if (!made->reply) co_return fail(made->reply.error());
  const std::string_view error = json::text_of(made->reply->output, "FunctionError");
  if (!error.empty()) {
    co_return fail({.fault = Fault::server, .code = "FunctionError", .message = std::move(made->reply->payload)});
  }
  co_return std::move(made->reply->payload);
}

Task<http::Response> invoke_lambda(const Invoker& invoker, const Exchange& exchange, const Integration& integration) {
  FunctionCall call{.function = integration.uri.fill(exchange).value_or(""),
                    .role = integration.credentials,
                    .source_arn = exchange.source_arn(),
                    .event = integration_event(exchange, integration.payload_version),
                    .timeout = integration.timeout};
  const auto payload = co_await call_function(invoker, exchange, std::move(call));
  if (!payload) {
    const Error& error = payload.error();
    if (error.code == "RequestTooLargeException") co_return message_answer(413, "Request Entity Too Large");
    if (error.code != "FunctionError")
      invoker.log.warning(fmt::format("API {}: {}", exchange.stage->api, error.message));
    co_return failed_answer();
  }
  if (!*payload) co_return unavailable_answer();
  auto answer = lambda_answer(**payload, integration.payload_version);
  co_return answer ? std::move(*answer) : failed_answer();
}

}  // namespace stepwell::apigateway
