#pragma once
// Where members of REST inputs and outputs travel outside the body: in the path, the query, headers and the status.

#include "base/error.h"
#include "base/http.h"
#include "lang/json/build.h"
#include "wire/api_model.h"

#include <string>
#include <string_view>

namespace stepwell::wire {

// Whether a path has the form of a URI template. A slash at the end makes no difference.
bool fits(std::string_view uri_template, std::string_view path);

// Reads what a request says outside its body. Error "SerializationException" for what is no UTF-8.
Result<void> read_bound(const OperationModel& operation, const http::Request& request, json::Arena& arena,
                        json::ObjectBuilder& input);
Result<void> read_bound(const Shape& output, const http::Response& response, json::Arena& arena,
                        json::ObjectBuilder& to);

// The target of a call: the operation's URI with the labels and the query of the input.
std::string write_target(const OperationModel& operation, const json::Value& input);
void write_headers(const Shape& shape, const json::Value& object, http::Headers& headers);

}  // namespace stepwell::wire
