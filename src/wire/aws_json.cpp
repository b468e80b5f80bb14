// AWS JSON 1.0 and 1.1: every request is a POST to / with the operation in X-Amz-Target; inputs, outputs and errors are
// the whole body.
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "wire/codec.h"
#include "wire/errors.h"

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

// "AWSStepFunctions.StartExecution" → "StartExecution"; empty when it is not this service's target.
std::string_view operation_name(const ApiModel& model, std::string_view target) {
  if (!target.starts_with(model.target_prefix())) return {};
  target.remove_prefix(model.target_prefix().size());
  return target.starts_with('.') ? target.substr(1) : std::string_view{};
}

std::string content_type(const ApiModel& model) { return "application/x-amz-json-" + model.json_version(); }

std::string_view error_namespace(const ApiModel& model, const Error& error) {
  if (error.code == "ValidationException") return "com.amazon.coral.validate";
  const Shape* shape = model.shape(error.code);
  return shape != nullptr && shape->exception_status != 0 ? std::string_view(model.error_namespace())
                                                          : "com.amazon.coral.service";
}

void append_member(std::string& body, std::string_view name, std::string_view text) {
  body += fmt::format(",\"{}\":", name);
  json::print_string(body, text);
}

// What a form or a picture is sent as holds no call, as on AWS; nothing at all is put up with.
bool may_be_json(std::string_view type) { return type.empty() || type.contains("json"); }

// AWS.SimpleQueueService.NonExistentQueue;Sender
std::string query_error(const ApiModel& model, const Error& error) {
  return fmt::format("{};{}", query_code_of(model, error), error.fault == Fault::client ? "Sender" : "Receiver");
}

class AwsJson final : public Codec {
 public:
  Result<void> decode(const ApiModel& model, const http::Request& request, Call& call) const override {
    const std::string_view name = operation_name(model, request.headers.get("X-Amz-Target"));
    call.operation = model.operation(name);
    if (call.operation == nullptr || request.method != "POST") {
      return fail(unknown_operation(
          fmt::format("{} has no operation '{}' for {} {}", model.service(), name, request.method, request.target)));
    }
    if (const std::string_view type = request.headers.get("Content-Type"); !may_be_json(type))
      return fail(unknown_operation(fmt::format("The Content-Type {} is not that of {}", type, content_type(model))));
    TRY_ASSIGN(call.input, read_json_body(call.arena, request.body));
    return {};
  }

  http::Response encode(const ApiModel& model, const Call& call, const Reply& reply) const override {
    http::Response response;
    response.status = reply.status.value_or(call.operation->status);
    response.headers.add("Content-Type", content_type(model));
    if (reply.output.is_null()) {
      response.body = "{}";
    } else {
      json::print(response.body, reply.output);
    }
    return response;
  }

  http::Response encode_error(const ApiModel& model, const Error& error, std::string_view) const override {
    http::Response response;
    response.status = status_of(model, error);
    response.headers.add("Content-Type", content_type(model));
    const std::string_view prefix = error_namespace(model, error);
    response.body = "{\"__type\":";
    json::print_string(response.body, prefix.empty() ? error.code : fmt::format("{}#{}", prefix, error.code));
    // AWS's reader of requests spells the word its own way.
    const bool of_reader = error.code == "SerializationException";
    if (!error.message.empty()) append_member(response.body, of_reader ? "Message" : "message", error.message);
    response.body += '}';
    if (model.speaks(Protocol::aws_query)) response.headers.add("x-amzn-query-error", query_error(model, error));
    return response;
  }

  http::Request encode_call(const ApiModel& model, const Call& call) const override {
    http::Request request;
    request.method = "POST";
    request.target = "/";
    request.headers.add("Content-Type", content_type(model));
    request.headers.add("X-Amz-Target", fmt::format("{}.{}", model.target_prefix(), call.operation->name));
    json::print(request.body, call.input);
    return request;
  }

  Result<Reply> decode_reply(const ApiModel&, Call& call, const http::Response& response) const override {
    Reply reply;
    TRY_ASSIGN(reply.output, read_json_body(call.arena, response.body));
    reply.status = response.status;
    return reply;
  }

  ReportedError decode_error(const ApiModel&, const http::Response& response) const override {
    return read_json_error(response);
  }
};

}  // namespace

const Codec& aws_json() {
  static const AwsJson codec;
  return codec;
}

}  // namespace stepwell::wire
