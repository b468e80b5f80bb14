#pragma once
// What a protocol has to do; protocol.h picks the one of a model.

#include "base/http.h"
#include "lang/json/value.h"
#include "wire/api_model.h"
#include "wire/call.h"

#include <string>
#include <string_view>

namespace stepwell::wire {

// What an answer says about an error; empty where it says nothing in the protocol's form.
struct ReportedError {
  std::string code;
  std::string message;
};

class Codec {
 public:
  virtual ~Codec() = default;
  // Finds the operation and fills `call.operation`, `call.input` and `call.payload`; validation is not its business.
  virtual Result<void> decode(const ApiModel& model, const http::Request& request, Call& call) const = 0;
  virtual http::Response encode(const ApiModel& model, const Call& call, const Reply& reply) const = 0;
  // The texts of the error are valid UTF-8.
  virtual http::Response encode_error(const ApiModel& model, const Error& error, std::string_view request_id) const = 0;
  virtual http::Request encode_call(const ApiModel& model, const Call& call) const = 0;
  // Of an answer that is no error.
  virtual Result<Reply> decode_reply(const ApiModel& model, Call& call, const http::Response& response) const = 0;
  virtual ReportedError decode_error(const ApiModel& model, const http::Response& response) const = 0;
};

const Codec& aws_json();
const Codec& rest_json();
const Codec& aws_query();

// Shared by the protocols whose bodies are JSON (json_body.cpp).

// A request's body as an object; the empty body is the empty object. AWS has no words for a body that is no JSON.
Result<json::Value> read_json_body(json::Arena& arena, std::string_view body);
// What the headers or the body call the error.
ReportedError read_json_error(const http::Response& response);

// What may stand in a header and a message; what else calls itself a code is none.
bool is_error_code(std::string_view text);
// The HTTP status of an error: its own, else the one that the model gives the exception, else 400 or 500.
int status_of(const ApiModel& model, const Error& error);

// What the query protocol calls an error (aws_query.cpp).
std::string_view query_code_of(const ApiModel& model, const Error& error);

// The operation whose method and URI template fit a request, or nullptr (rest_json.cpp).
const OperationModel* match_operation(const ApiModel& model, const http::Request& request);
// The operation that the query or form of a request names in the version of the model, or nullptr (aws_query.cpp).
const OperationModel* match_action(const ApiModel& model, const http::Request& request);

}  // namespace stepwell::wire
