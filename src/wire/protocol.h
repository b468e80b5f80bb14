#pragma once
// The two ends of a request: bytes → Call, Reply or Error → bytes. Implementations: aws_json.cpp, rest_json.cpp.

#include "base/error.h"
#include "base/http.h"
#include "wire/call.h"

namespace stepwell::wire {

// Which service a request is for: by X-Amz-Target's prefix, else by the service in the credential scope of the
// Authorization header (or X-Amz-Credential), else by a URI that only one service knows. nullptr: none of them.
const ApiModel* find_service(const std::vector<const ApiModel*>& services, const http::Request& request);

// Reads a request of `model`'s protocol into `call` (operation, input, payload) and validates the input.
// Errors: "UnknownOperationException", "SerializationException", "ValidationException".
Result<void> decode(const ApiModel& model, const http::Request& request, Call& call);

// The HTTP response of a reply or an error. Errors carry `__type` (AWS JSON) or x-amzn-ErrorType (REST JSON), "message", and
// `detail` beside it where there is one; every response x-amzn-RequestId.
http::Response encode(const ApiModel& model, const Call& call, const Reply& reply);
http::Response encode_error(const ApiModel& model, const Call& call, const Error& error);
// For a request that no service claims: 404 or 400 in AWS's form.
http::Response encode_unknown_service(const http::Request& request, std::string_view request_id);

}  // namespace stepwell::wire
