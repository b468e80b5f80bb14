#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "services/apigateway/serving/answers.h"
#include "services/apigateway/serving/headers.h"
#include "services/apigateway/serving/invocation.h"
#include "services/directory/answers.h"

#include <charconv>
#include <cmath>

namespace stepwell::apigateway {
namespace {

std::optional<json::Value> number_of(json::Arena& arena, std::string_view text) {
  const auto parsed = json::parse_copy(arena, text, {.max_depth = 1});
  return parsed && parsed->is_number() ? std::optional(*parsed) : std::nullopt;
}

// The text that a mapping gives, as the operation's input wants it. What does not fit stays a text, which the service
// refuses in its own words.
json::Value as_shape(json::Arena& arena, const wire::Shape& shape, std::string_view text) {
  using wire::ShapeType;
  const json::Value plain = json::make_string(arena, text);
  switch (shape.type) {
    case ShapeType::string:
    case ShapeType::blob: return plain;
    case ShapeType::integer:
    case ShapeType::long_integer:
    case ShapeType::float_number:
    case ShapeType::double_number: return number_of(arena, text).value_or(plain);
    case ShapeType::boolean: return text == "true" || text == "false" ? json::Value::boolean(text == "true") : plain;
    case ShapeType::timestamp: {
      if (const auto time = parse_rfc3339(text)) return wire::epoch_seconds(arena, time->time_since_epoch().count());
      return number_of(arena, text).value_or(plain);
    }
    default: {
      const auto document = json::parse_copy(arena, text, {.max_depth = 64});
      return document ? *document : plain;
    }
  }
}

// Where the parameters stand in the input of the operation.
const wire::Shape& place_of_parameters(const wire::OperationModel& operation) {
  const wire::ShapeMember* entries = operation.input->member("Entries");
  return entries == nullptr ? *operation.input : *entries->shape->element;
}

void fill(const Exchange& exchange, const Integration& integration, const wire::OperationModel& operation,
          wire::Call& call) {
  const wire::Shape& shape = place_of_parameters(operation);
  json::ObjectBuilder object(call.arena);
  for (const auto& [parameter, value] : integration.parameters) {
    const auto text = value.fill(exchange);
    if (!text || !json::is_valid_utf8(*text)) continue;
    if (parameter->member.empty()) {
      call.caller.region = *text;
    } else if (const wire::ShapeMember* member = shape.member(parameter->member)) {
      object.add(member->name, as_shape(call.arena, *member->shape, *text));
    }
  }
  call.input = object.build();
  if (&shape == operation.input) return;
  const json::Value entries = json::make_array(call.arena, std::span(&call.input, 1));
  call.input = json::ObjectBuilder(call.arena).add("Entries", entries).build();
}

http::Response passed_on(http::Response answer) {
  http::Response response{.status = answer.status, .headers = {}, .body = std::move(answer.body)};
  for (const auto& [name, value] : answer.headers.fields()) {
    if (!is_of_connection(name)) response.headers.add(name, value);
  }
  return response;
}

}  // namespace

Task<http::Response> invoke_service(const Invoker& invoker, const Exchange& exchange, const Integration& integration) {
  const Subtype& subtype = *integration.subtype;
  const directory::Service* service = invoker.calls.directory().find(subtype.service);
  const auto made =
      invoker.calls.prepare(std::string(subtype.service), std::string(subtype.operation),
                            caller_of(exchange, invoker.random), integration.credentials, exchange.source_arn());
  const wire::OperationModel* operation = service == nullptr ? nullptr : service->model().operation(subtype.operation);
  if (!made || operation == nullptr) {
    if (!made) invoker.log.warning(fmt::format("API {}: {}", exchange.stage->api, made.error().message));
    co_return failed_answer();
  }
  ServiceCall& call = **made;
  call.call.operation = operation;
  if (service->model().older_protocol()) call.call.protocol = service->model().older_protocol();
  fill(exchange, integration, *operation, call.call);
  if (!co_await invoker.calls.make(*made, integration.timeout)) {
    call.given_up.request_stop();
    co_return unavailable_answer();
  }
  co_return passed_on(directory::answer_of(*service, call.call, call.reply));
}

}  // namespace stepwell::apigateway
