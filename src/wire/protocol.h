#pragma once
// The two ends of a request: bytes → Call, Reply or Error → bytes, and the same two as a client sees them. One file for
// each protocol: aws_json.cpp, rest_json.cpp, aws_query.cpp.
//
// On the wire an error of AWS JSON names its type with a namespace: the service's own for its exceptions,
// com.amazon.coral.validate for ValidationException, com.amazon.coral.service for the rest.

#include "base/error.h"
#include "base/http.h"
#include "wire/call.h"

namespace stepwell::wire {

// What Stepwell says beside AWS's answer (Error::detail, Reply::detail).
inline constexpr std::string_view detail_header = "x-stepwell-detail";

// Which service a request is for: by X-Amz-Target's prefix, else by the service in the credential scope of the
// Authorization header (or X-Amz-Credential), else by a URI, or an Action and Version in the query or form, that only
// one service knows. nullptr: none of them. Where only the header has come, the form is not there to tell.
const ApiModel* find_service(const std::vector<const ApiModel*>& services, const http::Request& request);

// The protocol that a request to the service is made in.
Protocol protocol_of(const ApiModel& model, const http::Request& request);

// Reads a request of `model`'s protocol into `call` (operation, input, payload) and validates the input. Nothing in
// `call` refers to the request afterwards. An empty body is an empty input. Errors: "UnknownOperationException",
// "SerializationException", "ValidationException" (or what the model calls it); of the query protocol "MissingAction"
// and "InvalidAction".
Result<void> decode(const ApiModel& model, const http::Request& request, Call& call);

// The HTTP response of a reply or an error. Errors carry `__type` (AWS JSON) or x-amzn-ErrorType (REST JSON),
// "message", or are an ErrorResponse (query); every response x-amzn-RequestId, and x-stepwell-detail where there is
// more to say.
http::Response encode(const ApiModel& model, const Call& call, const Reply& reply);
http::Response encode_error(const ApiModel& model, const Call& call, const Error& error);
// For a request that no service claims: 404 or 400 in AWS's form.
http::Response encode_unknown_service(const http::Request& request, std::string_view request_id);

// A call to a service elsewhere: method, target, headers and body; not yet signed, the host is for the caller to give.
// Error "SerializationException" where a member that travels in a header holds what no header can.
Result<http::Request> encode_call(const ApiModel& model, const Call& call);
// What came back: the reply, in the call's arena, or the error that the other side reports, with its HTTP status;
// "UnknownError" with what was said in `detail` where that is no error of the protocol. The id that the other side gave
// the request takes the place of `call.caller.request_id`.
Result<Reply> decode_reply(const ApiModel& model, Call& call, const http::Response& response);

}  // namespace stepwell::wire
