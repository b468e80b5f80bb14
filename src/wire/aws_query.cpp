// AWS Query: a form, in the body of a POST or the query of a GET, that names the operation (Action) and the API's
// Version; answers in XML. IAM, STS, SNS and other early services speak it.
//
//   <ListUsersResponse xmlns="…"><ListUsersResult>…</ListUsersResult>
//     <ResponseMetadata><RequestId>…</RequestId></ResponseMetadata></ListUsersResponse>
//   <ErrorResponse xmlns="…"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>…</Message></Error>
//     <RequestId>…</RequestId></ErrorResponse>
#include "lang/json/build.h"
#include "wire/codec.h"
#include "wire/errors.h"
#include "wire/form.h"
#include "wire/percent.h"
#include "wire/query_form.h"
#include "wire/xml_members.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

constexpr const char* form_type = "application/x-www-form-urlencoded; charset=utf-8";

// The protocol's own words for the errors that AWS's service framework answers itself.
struct FrameworkError {
  std::string_view code;
  std::string_view here;
  int status;
};
constexpr std::array framework_errors = {
    FrameworkError{"SerializationException", "MalformedInput", 400},
    FrameworkError{"MissingAuthenticationTokenException", "MissingAuthenticationToken", 403},
    FrameworkError{"UnrecognizedClientException", "InvalidClientTokenId", 403},
    FrameworkError{"InvalidSignatureException", "SignatureDoesNotMatch", 403},
    FrameworkError{"IncompleteSignatureException", "IncompleteSignature", 400},
    FrameworkError{"ExpiredTokenException", "ExpiredToken", 403},
    FrameworkError{"AccessDeniedException", "AccessDenied", 403},
    FrameworkError{"ThrottlingException", "Throttling", 400},
    FrameworkError{"InvalidParameterValueException", "InvalidParameterValue", 400},
    FrameworkError{"MissingRequiredParameterException", "MissingParameter", 400},
    FrameworkError{"InternalServerError", "InternalFailure", 500},
};

const FrameworkError* framework_error(std::string_view code) {
  const auto found = std::ranges::find(framework_errors, code, &FrameworkError::code);
  return found == framework_errors.end() ? nullptr : &*found;
}

int query_status_of(const ApiModel& model, const Error& error) {
  const FrameworkError* framework = framework_error(error.code);
  return error.status == 0 && framework != nullptr ? framework->status : status_of(model, error);
}

std::unexpected<Error> refused(std::string code, std::string message) {
  return fail(Error{.code = std::move(code), .message = std::move(message), .detail = {}});
}

std::string_view text_of(const std::vector<FormField>& fields, std::string_view name, std::string_view otherwise) {
  const auto found = std::ranges::find(fields, name, &FormField::name);
  return found == fields.end() || found->value.empty() ? otherwise : found->value;
}

Result<const OperationModel*> find_operation(const ApiModel& model, const std::vector<FormField>& fields) {
  const std::string_view action = text_of(fields, "Action", {});
  if (action.empty()) return refused("MissingAction", "Missing Action");
  const std::string_view version = text_of(fields, "Version", "NO_VERSION_SPECIFIED");
  const OperationModel* operation = version == model.api_version() ? model.operation(action) : nullptr;
  if (operation == nullptr) {
    return refused("InvalidAction", fmt::format("Could not find operation {} for version {}", action, version));
  }
  return operation;
}

// A request may be addressed to the URL of what it is about.
void add_path(const ApiModel& model, const http::Request& request, Call& call) {
  const std::string& name = model.path_member();
  const std::string_view path = split_target(request.target).first;
  if (name.empty() || path.size() <= 1 || call.has(name)) return;
  const ShapeMember* member = call.operation->input->member(name);
  if (member == nullptr) return;
  json::ObjectBuilder input(call.arena);
  for (const json::Member& each : call.input.members()) input.add(each.key, each.value);
  call.input = input.add(member->name, path).build();
}

http::Response xml_response(int status, XmlWriter& xml) {
  http::Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/xml");
  response.body = xml.take();
  return response;
}

class AwsQuery final : public Codec {
 public:
  Result<void> decode(const ApiModel& model, const http::Request& request, Call& call) const override {
    std::vector<FormField> fields;
    TRY(read_form(call.arena, split_target(request.target).second, fields));
    if (request.method == "POST" && is_form(request.headers.get("Content-Type"))) {
      TRY(read_form(call.arena, request.body, fields));
    }
    TRY_ASSIGN(call.operation, find_operation(model, fields));
    sort_by_path(fields);
    TRY_ASSIGN(call.input, read_form_members(call.arena, *call.operation->input, fields));
    add_path(model, request, call);
    return {};
  }

  http::Response encode(const ApiModel& model, const Call& call, const Reply& reply) const override {
    const OperationModel& operation = *call.operation;
    const std::string response = operation.name + "Response";
    const std::string result = operation.name + "Result";
    XmlWriter xml;
    xml.open(response, model.xml_namespace());
    if (operation.has_output) {
      xml.open(result);
      write_xml_members(xml, *operation.output, reply.output);
      xml.close(result);
    }
    xml.open("ResponseMetadata");
    xml.element("RequestId", call.caller.request_id);
    xml.close("ResponseMetadata");
    xml.close(response);
    return xml_response(reply.status.value_or(operation.status), xml);
  }

  http::Response encode_error(const ApiModel& model, const Error& error, std::string_view request_id) const override {
    XmlWriter xml;
    xml.open("ErrorResponse", model.xml_namespace());
    xml.open("Error");
    xml.element("Type", error.fault == Fault::client ? "Sender" : "Receiver");
    xml.element("Code", query_code_of(model, error));
    if (!error.message.empty()) xml.element("Message", error.message);
    xml.close("Error");
    xml.element("RequestId", request_id);
    xml.close("ErrorResponse");
    return xml_response(query_status_of(model, error), xml);
  }

  http::Request encode_call(const ApiModel& model, const Call& call) const override {
    http::Request request;
    request.method = "POST";
    request.target = "/";
    request.headers.add("Content-Type", form_type);
    request.body = fmt::format("Action={}&Version={}", call.operation->name, percent_encode(model.api_version()));
    write_form_members(request.body, *call.operation->input, call.input);
    return request;
  }

  Result<Reply> decode_reply(const ApiModel&, Call& call, const http::Response& response) const override {
    const OperationModel& operation = *call.operation;
    TRY_ASSIGN(const XmlElement root, read_xml(response.body));
    const XmlElement* result = root.child(operation.name + "Result");
    if (operation.has_output && result == nullptr) {
      return fail(serialization_exception({}, fmt::format("The answer has no {}Result", operation.name)));
    }
    Reply reply;
    reply.status = response.status;
    reply.output = result == nullptr ? json::Value::object(call.arena, {})
                                     : read_xml_members(call.arena, *operation.output, *result);
    return reply;
  }

  ReportedError decode_error(const ApiModel& model, const http::Response& response) const override {
    const auto root = read_xml(response.body);
    if (!root) return {};
    const XmlElement* errors = root->child("Errors");
    const XmlElement* error = (errors == nullptr ? *root : *errors).child("Error");
    if (error == nullptr) return {};
    const std::string code(error->child_text("Code"));
    const Shape* exception = model.exception(code);
    return {.code = exception == nullptr ? code : exception->name,
            .message = std::string(error->child_text("Message"))};
  }
};

}  // namespace

std::string_view query_code_of(const ApiModel& model, const Error& error) {
  const Shape* exception = model.exception(error.code);
  if (exception != nullptr && !exception->code.empty()) return exception->code;
  const FrameworkError* framework = framework_error(error.code);
  return framework == nullptr ? std::string_view(error.code) : framework->here;
}

const OperationModel* match_action(const ApiModel& model, const http::Request& request) {
  const std::string_view query = split_target(request.target).second;
  const bool has_form = is_form(request.headers.get("Content-Type"));
  const auto value_of = [&](std::string_view name) {
    auto value = query_value(query, name);
    return value || !has_form ? value : query_value(request.body, name);
  };
  if (value_of("Version") != model.api_version()) return nullptr;
  return model.operation(value_of("Action").value_or(""));
}

const Codec& aws_query() {
  static const AwsQuery codec;
  return codec;
}

}  // namespace stepwell::wire
