#pragma once
// An authorizer as it decides, read from its document.

#include "base/error.h"
#include "base/time.h"
#include "lang/json/value.h"
#include "services/apigateway/mapping/template.h"

#include <cstdint>
#include <string>
#include <vector>

namespace stepwell::apigateway {

struct Authorizer {
  enum class Type : std::uint8_t { jwt, request };

  std::string id;
  Type type = Type::jwt;
  std::vector<Expression> identity;
  // Of JWT.
  std::string issuer;
  std::vector<std::string> audience;
  // Of REQUEST.
  Template function;
  std::string credentials;  // ARN of the role; empty: none
  int payload_version = 1;
  bool simple = false;  // answers isAuthorized instead of a policy
  std::chrono::seconds keep{0};

  // Errors BadRequestException.
  static Result<Authorizer> read(const json::Value& document);
};

}  // namespace stepwell::apigateway
