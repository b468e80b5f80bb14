// REST JSON: the operation is told by method and path; members of inputs and outputs travel in the path, the query,
// headers and the status (rest_binding.h), the rest in a JSON body, or one of them as the whole body.
#include "lang/json/build.h"
#include "lang/json/print.h"
#include "wire/codec.h"
#include "wire/errors.h"
#include "wire/percent.h"
#include "wire/rest_binding.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

// Lambda's payloads are JSON too, whoever made them.
constexpr const char* content_type = "application/json";

const ShapeMember* payload_of(const Shape& shape) {
  const auto found = std::ranges::find(shape.members, Location::payload, &ShapeMember::location);
  return found == shape.members.end() ? nullptr : &*found;
}

bool is_raw(const ShapeMember& payload) {
  return payload.shape->type == ShapeType::blob || payload.shape->type == ShapeType::string;
}

// Adds the members of a body, but none that has another place.
void add_body_members(json::ObjectBuilder& to, const Shape& shape, const json::Value& body) {
  for (const json::Member& member : body.members()) {
    const ShapeMember* known = shape.member(member.key);
    if (known == nullptr || known->location == Location::body) to.add(member.key, member.value);
  }
}

// Reads the body of an input or output: into `raw` where it is a raw payload, else into members.
Result<void> read_body(const Shape& shape, const std::string& body, json::Arena& arena, std::string& raw,
                       json::ObjectBuilder& to) {
  const ShapeMember* payload = payload_of(shape);
  if (payload != nullptr && is_raw(*payload)) {
    raw = body;
    return {};
  }
  TRY_ASSIGN(const json::Value value, read_json_body(arena, body));
  if (payload == nullptr) {
    add_body_members(to, shape, value);
  } else if (!body.empty()) {
    to.add(payload->name, value);
  }
  return {};
}

// Nothing where the shape has neither a payload nor members in the body.
std::string write_body(const Shape& shape, const json::Value& object, const std::string& raw) {
  if (const ShapeMember* payload = payload_of(shape)) {
    if (is_raw(*payload)) return raw;
    const json::Value* value = object.find(payload->name);
    return value == nullptr || value->is_null() ? std::string{} : json::print(*value);
  }
  if (std::ranges::find(shape.members, Location::body, &ShapeMember::location) == shape.members.end()) return {};
  json::Arena arena;
  json::ObjectBuilder body(arena);
  if (object.is_object()) add_body_members(body, shape, object);
  return json::print(body.build());
}

// What the REST protocols answer other than with the status of the fault.
struct FrameworkStatus {
  std::string_view code;
  int status;
};
constexpr std::array framework_statuses = {
    FrameworkStatus{"UnknownOperationException", 404},    FrameworkStatus{"MissingAuthenticationTokenException", 403},
    FrameworkStatus{"UnrecognizedClientException", 403},  FrameworkStatus{"InvalidSignatureException", 403},
    FrameworkStatus{"IncompleteSignatureException", 403},
};

int rest_status_of(const ApiModel& model, const Error& error) {
  const auto found = std::ranges::find(framework_statuses, error.code, &FrameworkStatus::code);
  return error.status == 0 && found != framework_statuses.end() ? found->status : status_of(model, error);
}

class RestJson final : public Codec {
 public:
  Result<void> decode(const ApiModel& model, const http::Request& request, Call& call) const override {
    call.operation = match_operation(model, request);
    if (call.operation == nullptr) {
      return fail(
          unknown_operation(fmt::format("{} has nothing at {} {}", model.service(), request.method, request.target)));
    }
    json::ObjectBuilder input(call.arena);
    TRY(read_body(*call.operation->input, request.body, call.arena, call.payload, input));
    TRY(read_bound(*call.operation, request, call.arena, input));
    call.input = input.build();
    return {};
  }

  http::Response encode(const ApiModel&, const Call& call, const Reply& reply) const override {
    const Shape& shape = *call.operation->output;
    http::Response response;
    response.status = reply.status.value_or(call.operation->status);
    write_headers(shape, reply.output, response.headers);
    response.body = write_body(shape, reply.output, reply.payload);
    if (!response.body.empty()) response.headers.add("Content-Type", content_type);
    return response;
  }

  // {"Type": "User", "Message": "…"}: an exception of the model has the members that the model gives it.
  http::Response encode_error(const ApiModel& model, const Error& error, std::string_view) const override {
    http::Response response;
    response.status = rest_status_of(model, error);
    response.headers.add("x-amzn-ErrorType", error.code);
    response.headers.add("Content-Type", content_type);
    const Shape* shape = model.shape(error.code);
    json::Arena arena;
    json::ObjectBuilder body(arena);
    if (shape != nullptr && shape->member("Type") != nullptr) {
      body.add("Type", error.fault == Fault::client ? "User" : "Service");
    }
    const bool capital = shape != nullptr && shape->member("Message") != nullptr;
    if (!error.message.empty()) body.add(capital ? "Message" : "message", error.message);
    response.body = json::print(body.build());
    return response;
  }

  http::Request encode_call(const ApiModel&, const Call& call) const override {
    const Shape& shape = *call.operation->input;
    http::Request request;
    request.method = call.operation->method;
    request.target = write_target(*call.operation, call.input);
    write_headers(shape, call.input, request.headers);
    request.body = write_body(shape, call.input, call.payload);
    if (!request.body.empty()) request.headers.add("Content-Type", content_type);
    return request;
  }

  Result<Reply> decode_reply(const ApiModel&, Call& call, const http::Response& response) const override {
    const Shape& shape = *call.operation->output;
    Reply reply;
    reply.status = response.status;
    json::ObjectBuilder output(call.arena);
    TRY(read_body(shape, response.body, call.arena, reply.payload, output));
    TRY(read_bound(shape, response, call.arena, output));
    reply.output = output.build();
    return reply;
  }

  ReportedError decode_error(const ApiModel&, const http::Response& response) const override {
    return read_json_error(response);
  }
};

}  // namespace

const OperationModel* match_operation(const ApiModel& model, const http::Request& request) {
  const std::string_view path = split_target(request.target).first;
  const auto found = std::ranges::find_if(model.operations(), [&](const OperationModel& operation) {
    return operation.method == request.method && fits(operation.uri, path);
  });
  return found == model.operations().end() ? nullptr : &*found;
}

const Codec& rest_json() {
  static const RestJson codec;
  return codec;
}

}  // namespace stepwell::wire
