#include "wire/protocol.h"

#include "lang/json/parse.h"
#include "wire/codec.h"
#include "wire/errors.h"
#include "wire/percent.h"
#include "wire/sigv4.h"
#include "wire/validate.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

// How much of an answer in no known form is shown.
constexpr std::size_t max_foreign_detail = 1024;
constexpr std::size_t max_detail = 4096;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

const Codec& codec_of(const ApiModel& model) {
  return model.protocol() == Protocol::aws_json ? aws_json() : rest_json();
}

http::Response with_request_id(http::Response response, std::string_view request_id) {
  response.headers.add("x-amzn-RequestId", std::string(request_id));
  return response;
}

const ApiModel* by_target(const std::vector<const ApiModel*>& services, std::string_view target) {
  const std::string_view prefix = target.substr(0, target.rfind('.'));
  const auto found = std::ranges::find_if(services, [&](const ApiModel* model) {
    return model->protocol() == Protocol::aws_json && model->target_prefix() == prefix;
  });
  return found == services.end() ? nullptr : *found;
}

const ApiModel* by_signature(const std::vector<const ApiModel*>& services, const http::Request& request) {
  const auto signature = read_signature(request);
  if (!signature || !*signature) return nullptr;
  const auto found = std::ranges::find(services, (*signature)->service, &ApiModel::service);
  return found == services.end() ? nullptr : *found;
}

const ApiModel* by_uri(const std::vector<const ApiModel*>& services, const http::Request& request) {
  const ApiModel* only = nullptr;
  for (const ApiModel* model : services) {
    if (model->protocol() != Protocol::rest_json || match_operation(*model, request) == nullptr) continue;
    if (only != nullptr) return nullptr;
    only = model;
  }
  return only;
}

// "com.amazonaws.x#Name", "Name:http://…" → "Name".
std::string_view bare_code(std::string_view code) {
  code = code.substr(0, code.find(':'));
  return code.substr(code.rfind('#') + 1);
}

// What may stand in a header and a message; what else calls itself a code is none.
bool is_code(std::string_view code) {
  return std::ranges::all_of(code, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  });
}

std::string_view text_of(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value != nullptr && value->is_string() ? value->as_string() : std::string_view{};
}

// Errors repeat what a client sent, in headers and paths too, where it need not be UTF-8.
std::string valid_text(std::string_view text) {
  if (json::is_valid_utf8(text)) return std::string(text);
  std::string valid;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x80) {
      valid += c;
    } else {
      valid += "\xef\xbf\xbd";
    }
  }
  return valid;
}

Error error_of(const json::Value& body, const http::Response& response) {
  Error error;
  error.fault = response.status < 500 ? Fault::client : Fault::server;
  error.status = response.status;
  for (const std::string_view code :
       {response.headers.get("x-amzn-ErrorType"), text_of(body, "__type"), text_of(body, "code")}) {
    if (error.code.empty() && is_code(bare_code(code))) error.code = bare_code(code);
  }
  for (const std::string_view key : {"message", "Message", "errorMessage"}) {
    if (error.message.empty()) error.message = text_of(body, key);
  }
  error.detail = response.headers.get(detail_header);
  if (!error.code.empty()) return error;
  error.code = "UnknownError";
  error.detail = response.body.substr(0, max_foreign_detail);
  return error;
}

// In a header, so that bodies are AWS's to the byte; lines are parted by "; " there.
void add_detail(http::Response& response, std::string_view detail) {
  while (detail.ends_with('\n')) detail.remove_suffix(1);
  if (detail.empty()) return;
  std::string line;
  for (const char c : valid_text(std::string(detail.substr(0, max_detail)))) {
    if (c == '\n')
      line += "; ";
    else
      line += is_control(c) ? ' ' : c;
  }
  response.headers.add(std::string(detail_header), std::move(line));
}

}  // namespace

const ApiModel* find_service(const std::vector<const ApiModel*>& services, const http::Request& request) {
  if (const ApiModel* model = by_target(services, request.headers.get("X-Amz-Target"))) return model;
  if (const ApiModel* model = by_signature(services, request)) return model;
  return by_uri(services, request);
}

Result<void> decode(const ApiModel& model, const http::Request& request, Call& call) {
  TRY(codec_of(model).decode(model, request, call));
  return validate_input(*call.operation->input, call.input, model.validation_error());
}

http::Response encode(const ApiModel& model, const Call& call, const Reply& reply) {
  http::Response response = codec_of(model).encode(model, call, reply);
  add_detail(response, reply.detail);
  return with_request_id(std::move(response), call.caller.request_id);
}

http::Response encode_error(const ApiModel& model, const Call& call, const Error& error) {
  const Error valid{error.fault, error.code, valid_text(error.message), {}, error.status};
  http::Response response = codec_of(model).encode_error(model, valid);
  add_detail(response, error.detail);
  return with_request_id(std::move(response), call.caller.request_id);
}

// As AWS's service framework answers a request that it cannot read as one of its protocols.
http::Response encode_unknown_service(const http::Request& request, std::string_view request_id) {
  http::Response response;
  const std::string_view type = request.headers.get("Content-Type");
  if (request.headers.contains("X-Amz-Target") || type.starts_with("application/x-amz-json-")) {
    response.status = 400;
    response.headers.add("Content-Type", "application/x-amz-json-1.0");
    response.body = R"({"__type":"com.amazon.coral.service#UnknownOperationException"})";
  } else {
    response.status = 404;
    response.headers.add("x-amzn-ErrorType", "UnknownOperationException");
    response.body = "<UnknownOperationException/>\n";
  }
  return with_request_id(std::move(response), request_id);
}

Result<http::Request> encode_call(const ApiModel& model, const Call& call) {
  http::Request request = codec_of(model).encode_call(model, call);
  for (const auto& [name, value] : request.headers.fields()) {
    if (std::ranges::any_of(value, is_control)) {
      return fail(serialization_exception(fmt::format("The header {} cannot hold control characters", name)));
    }
  }
  return request;
}

Result<Reply> decode_reply(const ApiModel& model, Call& call, const http::Response& response) {
  if (const std::string_view id = response.headers.get("x-amzn-RequestId"); !id.empty()) call.caller.request_id = id;
  if (response.status < 300) return codec_of(model).decode_reply(model, call, response);
  const auto body = json::parse_copy(call.arena, response.body);
  return fail(error_of(body.value_or(json::Value()), response));
}

Result<json::Value> read_json_body(json::Arena& arena, std::string_view body) {
  if (body.empty()) return json::Value::object(arena, {});
  const auto value = json::parse_copy(arena, body);
  if (!value) {
    return fail(
        serialization_exception({}, fmt::format("The body is no JSON: {} (line {}, column {})", value.error().message,
                                                value.error().line, value.error().column)));
  }
  if (value->is_array()) return fail(serialization_exception("Start of list found where not expected"));
  if (!value->is_object()) return fail(serialization_exception({}, "The body is no JSON object"));
  return *value;
}

int status_of(const ApiModel& model, const Error& error) {
  if (error.status != 0) return error.status;
  if (const Shape* shape = model.shape(error.code); shape != nullptr && shape->exception_status != 0) {
    return shape->exception_status;
  }
  return error.fault == Fault::client ? 400 : 500;
}

}  // namespace stepwell::wire
