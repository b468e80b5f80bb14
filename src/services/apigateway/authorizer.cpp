#include "services/apigateway/authorizer.h"

#include "lang/json/documents.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/integration.h"

namespace stepwell::apigateway {
namespace {

using json::elements_of;
using json::object_of;
using json::text_of;

constexpr std::chrono::seconds longest_kept{3600};

Result<void> read_jwt(const json::Value& document, Authorizer& made) {
  made.type = Authorizer::Type::jwt;
  const json::Value configuration = object_of(document, "jwtConfiguration");
  made.issuer = text_of(configuration, "issuer");
  for (const json::Value& each : elements_of(configuration, "audience")) made.audience.emplace_back(each.as_string());
  if (!made.issuer.starts_with("https://") && !made.issuer.starts_with("http://")) {
    return fail(
        errors::bad_request("Caught exception when connecting to the issuer: a valid issuer URL must be "
                            "specified in jwtConfiguration"));
  }
  if (made.audience.empty()) {
    return fail(errors::bad_request("Audience must be specified in jwtConfiguration for JWT authorizers"));
  }
  if (made.identity.size() != 1) {
    return fail(errors::bad_request("JWT authorizers must have exactly one identity source"));
  }
  return {};
}

Result<void> read_request(const json::Value& document, Authorizer& made) {
  made.type = Authorizer::Type::request;
  const std::string_view function = function_of_uri(text_of(document, "authorizerUri"));
  if (function.empty()) return fail(errors::bad_request("Invalid Authorizer URI specified"));
  TRY_ASSIGN(made.function, Template::parse(function));
  made.credentials = text_of(document, "authorizerCredentialsArn");
  const std::string_view version = text_of(document, "authorizerPayloadFormatVersion");
  if (version != "1.0" && version != "2.0") {
    return fail(errors::bad_request(
        "AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer; supported values are 1.0 and "
        "2.0"));
  }
  made.payload_version = version == "2.0" ? 2 : 1;
  const json::Value* simple = document.find("enableSimpleResponses");
  made.simple = simple != nullptr && simple->is_boolean() && simple->as_boolean();
  if (made.simple && made.payload_version == 1) {
    return fail(errors::bad_request("enableSimpleResponses is only supported for payload format version 2.0"));
  }
  if (const json::Value* keep = document.find("authorizerResultTtlInSeconds")) {
    made.keep = std::min(std::chrono::seconds(keep->as_integer().value_or(0)), longest_kept);
  }
  if (made.keep.count() > 0 && made.identity.empty()) {
    return fail(errors::bad_request("An identity source is required when authorizer results are cached"));
  }
  return {};
}

}  // namespace

Result<Authorizer> Authorizer::read(const json::Value& document) {
  Authorizer made{.id = std::string(text_of(document, "authorizerId")), .function = {}};
  for (const json::Value& source : elements_of(document, "identitySource")) {
    const std::string_view text = source.is_string() ? source.as_string() : "";
    auto expression = text.starts_with('$') ? Expression::parse(text.substr(1)) : std::nullopt;
    if (!expression) {
      return fail(errors::bad_request(fmt::format("Invalid identity source specified: {}", text)));
    }
    made.identity.push_back(std::move(*expression));
  }
  if (text_of(document, "authorizerType") == "JWT") {
    TRY(read_jwt(document, made));
  } else {
    TRY(read_request(document, made));
  }
  return made;
}

}  // namespace stepwell::apigateway
