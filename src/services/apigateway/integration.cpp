#include "services/apigateway/integration.h"

#include "lang/json/documents.h"
#include "services/apigateway/errors.h"

#include <charconv>

namespace stepwell::apigateway {
namespace {

using json::object_of;
using json::text_of;

Error only_proxies() {
  return errors::bad_request(
      "Currently, an API with a protocol type of HTTP may only be associated with proxy integrations (AWS_PROXY, "
      "HTTP_PROXY)");
}

Result<void> read_common(const json::Value& document, Integration& made) {
  if (text_of(document, "connectionType") == "VPC_LINK") {
    return fail(errors::not_implemented("The connection type VPC_LINK"));
  }
  made.credentials = text_of(document, "credentialsArn");
  made.method = text_of(document, "integrationMethod");
  if (const json::Value* timeout = document.find("timeoutInMillis")) {
    made.timeout = Duration{timeout->as_integer().value_or(longest_integration)};
  }
  const std::string_view version = text_of(document, "payloadFormatVersion");
  if (!version.empty() && version != "1.0" && version != "2.0") {
    return fail(errors::bad_request("Invalid payloadFormatVersion specified. Supported values are 1.0 and 2.0"));
  }
  made.payload_version = version == "2.0" ? 2 : 1;
  for (const json::Member& status : object_of(document, "responseParameters").members()) {
    int number = 0;
    std::from_chars(status.key.data(), status.key.data() + status.key.size(), number);
    if (status.key.size() != 3 || number < 200 || number > 599) {
      return fail(errors::bad_request(fmt::format("Invalid response status code specified: {}", status.key)));
    }
    TRY_ASSIGN(auto changes, read_changes(status.value, Direction::response));
    made.response_changes.emplace_back(number, std::move(changes));
  }
  return {};
}

Result<void> read_http(const json::Value& document, Integration& made) {
  made.type = Integration::Type::http;
  const std::string_view uri = text_of(document, "integrationUri");
  if (!uri.starts_with("http://") && !uri.starts_with("https://") && !uri.starts_with("${stageVariables.")) {
    return fail(errors::bad_request("Invalid HTTP endpoint specified for URI"));
  }
  if (made.payload_version != 1) {
    return fail(errors::bad_request("HTTP_PROXY integrations support only the payloadFormatVersion 1.0"));
  }
  if (made.method.empty()) return fail(errors::bad_request("Enumeration value for HttpMethod must be non-empty"));
  TRY_ASSIGN(made.uri, Template::parse(uri));
  TRY_ASSIGN(made.request_changes, read_changes(object_of(document, "requestParameters"), Direction::request));
  return {};
}

Result<void> read_lambda(const json::Value& document, Integration& made) {
  made.type = Integration::Type::lambda;
  const std::string_view function = function_of_uri(text_of(document, "integrationUri"));
  if (function.empty()) {
    return fail(
        errors::bad_request("Invalid integration URI specified. It has to be the ARN of a Lambda function, or "
                            "an integrationSubtype has to be given"));
  }
  TRY_ASSIGN(made.uri, Template::parse(function));
  TRY_ASSIGN(made.request_changes, read_changes(object_of(document, "requestParameters"), Direction::request));
  return {};
}

Result<void> read_parameters(const json::Value& document, Integration& made) {
  const json::Value parameters = object_of(document, "requestParameters");
  for (const json::Member& given : parameters.members()) {
    const SubtypeParameter* known = made.subtype->parameter(given.key);
    if (known == nullptr) {
      return fail(errors::bad_request(
          fmt::format("Parameter: {} does not fit schema for Operation: {}.", given.key, made.subtype->name)));
    }
    TRY_ASSIGN(auto value, Template::parse(given.value.is_string() ? given.value.as_string() : ""));
    if (value.uses(Source::response_header) || value.uses(Source::response_body)) {
      return fail(errors::bad_request(fmt::format("Invalid mapping expression specified: {}", given.key)));
    }
    made.parameters.emplace_back(known, std::move(value));
  }
  for (const SubtypeParameter& parameter : made.subtype->parameters) {
    if (parameter.required && parameters.find(parameter.name) == nullptr) {
      return fail(errors::bad_request(
          fmt::format("Parameter: {} is required for Operation: {}.", parameter.name, made.subtype->name)));
    }
  }
  return {};
}

Result<void> read_service(const json::Value& document, Integration& made) {
  made.type = Integration::Type::service;
  const std::string_view name = text_of(document, "integrationSubtype");
  made.subtype = find_subtype(name);
  if (made.subtype == nullptr) {
    return fail(errors::bad_request(fmt::format("Invalid integrationSubtype specified: {}", name)));
  }
  if (made.subtype->service.empty()) {
    return fail(errors::not_implemented(fmt::format("The integration subtype {}", name)));
  }
  if (made.credentials.empty()) {
    return fail(
        errors::bad_request(fmt::format("Credentials ARN must be specified for integrations of subtype {}", name)));
  }
  if (made.payload_version != 1) {
    return fail(errors::bad_request("Integrations with a subtype support only the payloadFormatVersion 1.0"));
  }
  return read_parameters(document, made);
}

}  // namespace

Result<Integration> Integration::read(const json::Value& document) {
  Integration made;
  const std::string_view type = text_of(document, "integrationType");
  if (type != "AWS_PROXY" && type != "HTTP_PROXY") return fail(only_proxies());
  TRY(read_common(document, made));
  if (type == "HTTP_PROXY") {
    TRY(read_http(document, made));
  } else if (document.find("integrationSubtype") != nullptr) {
    TRY(read_service(document, made));
  } else {
    TRY(read_lambda(document, made));
  }
  return made;
}

std::string_view function_of_uri(std::string_view uri) {
  constexpr std::string_view functions = ":lambda:path/2015-03-31/functions/";
  constexpr std::string_view end = "/invocations";
  if (uri.starts_with("arn:aws:apigateway:")) {
    const std::size_t at = uri.find(functions);
    if (at == std::string_view::npos || !uri.ends_with(end)) return {};
    uri.remove_prefix(at + functions.size());
    uri.remove_suffix(end.size());
  }
  return uri.starts_with("arn:aws:lambda:") || uri.starts_with("${stageVariables.") ? uri : std::string_view{};
}

}  // namespace stepwell::apigateway
