#include "crypto/hash.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/lambda/operations/support.h"

namespace stepwell::lambda {
namespace {

constexpr std::size_t max_payload_bytes = 6'291'456;
constexpr std::size_t max_event_bytes = 262'144;
constexpr std::size_t max_client_context_bytes = 3'583;

enum class InvocationType { request_response, event, dry_run };

InvocationType invocation_type(const wire::Call& call) {
  const std::string_view type = call.text("InvocationType");
  if (type == "Event") return InvocationType::event;
  if (type == "DryRun") return InvocationType::dry_run;
  return InvocationType::request_response;
}

Result<void> check_size(std::size_t bytes, InvocationType type) {
  const bool is_event = type == InvocationType::event;
  const std::size_t limit = is_event ? max_event_bytes : max_payload_bytes;
  if (bytes <= limit) return {};
  return fail(errors::payload_too_large(bytes, is_event ? "Event" : "RequestResponse", limit));
}

Result<std::string> read_payload(wire::Call& call, InvocationType type) {
  TRY(check_size(call.payload.size(), type));
  if (call.payload.empty()) return std::string("{}");
  json::Arena arena;
  const auto value = json::parse(arena, call.payload);
  if (!value) {
    return fail(errors::invalid_request_content(
        fmt::format("Could not parse request body into json: Could not parse payload into json: {}\n at [line: {}, "
                    "column: {}]",
                    value.error().message, value.error().line, value.error().column)));
  }
  return std::move(call.payload);
}

// Base64 of a JSON object; given to the function as JSON on one line.
Result<std::string> read_client_context(const wire::Call& call) {
  const std::string_view encoded = call.text("ClientContext");
  if (encoded.empty()) return std::string{};
  const auto invalid = [] {
    return fail(errors::invalid_request_content("Client context must be a valid Base64-encoded JSON object."));
  };
  if (encoded.size() > max_client_context_bytes) return invalid();
  const auto text = crypto::base64_decode(encoded);
  if (!text) return invalid();
  json::Arena arena;
  const auto value = json::parse(arena, *text);
  if (!value || !value->is_object()) return invalid();
  return json::print(*value);
}

// A trace of its own: a root of the present second, not sampled.
std::string new_trace(Lambda& lambda) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(lambda.clock.now()).time_since_epoch().count();
  return fmt::format("Root=1-{:08x}-{:016x}{:08x};Parent={:016x};Sampled=0", seconds, lambda.random.next(),
                     static_cast<std::uint32_t>(lambda.random.next()), lambda.random.next());
}

Result<Invocation> read_invocation(Lambda& lambda, wire::Call& call, InvocationType type,
                                   const FunctionReference& reference) {
  Invocation invocation;
  TRY_ASSIGN(invocation.payload, read_payload(call, type));
  TRY_ASSIGN(invocation.client_context, read_client_context(call));
  // An event's id is its key, so it has one of its own.
  const bool has_own_id = type == InvocationType::event || call.caller.request_id.empty();
  invocation.request_id = has_own_id ? make_uuid(lambda.random) : call.caller.request_id;
  invocation.function_arn = reference.qualified_arn();
  invocation.trace_id = new_trace(lambda);
  return invocation;
}

wire::Reply reply_of(wire::Call& call, Outcome outcome) {
  json::ObjectBuilder output(call.arena);
  output.add("ExecutedVersion", latest);
  if (outcome.kind == Outcome::Kind::function_error) output.add("FunctionError", "Unhandled");
  if (call.text("LogType") == "Tail") output.add("LogResult", crypto::base64_encode(outcome.log));
  wire::Reply reply = reply_with(output.build());
  reply.payload = std::move(outcome.payload);
  return reply;
}

}  // namespace

Result<wire::Reply> fold_event(Lambda& lambda, wire::Call& call, store::Batch& batch) {
  TRY_ASSIGN(const NamedFunction named, find_function(lambda, call));
  TRY_ASSIGN(Invocation invocation, read_invocation(lambda, call, InvocationType::event, named.reference));
  TRY(lambda.events.add(named.function->arn, std::move(invocation), batch));
  return reply_with_status(call, 202);
}

Task<Result<wire::Reply>> invoke(Lambda& lambda, wire::Call& call) {
  const InvocationType type = invocation_type(call);
  CO_TRY_ASSIGN(NamedFunction named, find_function(lambda, call));
  CO_TRY_ASSIGN(Invocation invocation, read_invocation(lambda, call, type, named.reference));
  if (type == InvocationType::dry_run) co_return reply_with_status(call, 204);
  if (type == InvocationType::event) {
    CO_TRY(co_await lambda.events.accept(named.function->arn, std::move(invocation)));
    co_return reply_with_status(call, 202);
  }
  CO_TRY_ASSIGN(Outcome outcome, co_await lambda.runner.run(named.function->arn, std::move(invocation)));
  co_return reply_of(call, std::move(outcome));
}

}  // namespace stepwell::lambda
