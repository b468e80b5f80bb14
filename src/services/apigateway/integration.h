#pragma once
// An integration as it is carried out, read from its document.

#include "base/error.h"
#include "base/time.h"
#include "lang/json/value.h"
#include "services/apigateway/mapping/changes.h"
#include "services/apigateway/mapping/template.h"
#include "services/apigateway/subtypes.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace stepwell::apigateway {

inline constexpr std::int64_t longest_integration = 30'000;  // milliseconds

struct Integration {
  enum class Type : std::uint8_t { lambda, http, service };

  Type type = Type::lambda;
  Template uri;             // of functions: the function's ARN
  std::string method;       // of http: "ANY" is the request's own
  std::string credentials;  // ARN of the role; empty: none
  int payload_version = 1;  // 1 or 2
  Duration timeout{longest_integration};
  const Subtype* subtype = nullptr;  // of service
  std::vector<std::pair<const SubtypeParameter*, Template>> parameters;
  std::vector<Change> request_changes;
  std::vector<std::pair<int, std::vector<Change>>> response_changes;  // by the status that they are for

  // Errors BadRequestException, NotImplemented.
  static Result<Integration> read(const json::Value& document);
};

// The ARN of the function that an integration's or authorizer's URI names: itself, or inside
// arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<ARN>/invocations. Empty: it is neither.
std::string_view function_of_uri(std::string_view uri);

}  // namespace stepwell::apigateway
