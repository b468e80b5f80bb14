#pragma once
// What a protocol has to do; protocol.h picks the one of a model.

#include "base/http.h"
#include "lang/json/value.h"
#include "wire/api_model.h"
#include "wire/call.h"

#include <string>
#include <string_view>

namespace stepwell::wire {

class Codec {
 public:
  virtual ~Codec() = default;
  // Finds the operation and fills `call.operation`, `call.input` and `call.payload`; validation is not its business.
  virtual Result<void> decode(const ApiModel& model, const http::Request& request, Call& call) const = 0;
  virtual http::Response encode(const ApiModel& model, const Call& call, const Reply& reply) const = 0;
  // The texts of the error are valid UTF-8.
  virtual http::Response encode_error(const ApiModel& model, const Error& error) const = 0;
  virtual http::Request encode_call(const ApiModel& model, const Call& call) const = 0;
  // Of an answer that is no error.
  virtual Result<Reply> decode_reply(const ApiModel& model, Call& call, const http::Response& response) const = 0;
};

const Codec& aws_json();
const Codec& rest_json();

// Shared by the protocols whose bodies are JSON.

// A request's body as an object; the empty body is the empty object. AWS has no words for a body that is no JSON.
Result<json::Value> read_json_body(json::Arena& arena, std::string_view body);
// The HTTP status of an error: its own, else the one that the model gives the exception, else 400 or 500.
int status_of(const ApiModel& model, const Error& error);

// The operation whose method and URI template fit a request, or nullptr (rest_json.cpp).
const OperationModel* match_operation(const ApiModel& model, const http::Request& request);

}  // namespace stepwell::wire
