#pragma once
// One request to an API on its way: the request, its stage and route, who has been let in, and what expressions of
// mappings and logs ask of all that.

#include "base/http.h"
#include "base/time.h"
#include "lang/json/value.h"
#include "services/apigateway/mapping/template.h"
#include "services/apigateway/serving/stage.h"
#include "wire/principal.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::apigateway {

using Fields = std::vector<std::pair<std::string, std::string>>;

// Who has been let in, as integrations are told.
struct Admitted {
  json::Value claims;   // of a JWT: an object of texts; null: there is none
  json::Value context;  // of a Lambda authorizer: an object; null: there is none
  std::string principal_id;
  std::shared_ptr<const wire::Principal> principal;  // of IAM
  std::string access_key;
};

struct Exchange final : Values {
  http::Request request;  // as it came, but that mappings may have changed headers
  std::shared_ptr<const Stage> stage;
  const Route* route = nullptr;  // of the stage; nullptr: not found yet
  std::string id;                // "JKJaXmPLvHcESHA="
  Timestamp time{};
  std::string domain;    // {api}.execute-api.…
  std::string raw_path;  // with the stage, where it is in the path; still encoded
  std::string path;      // without it
  std::string query;     // still encoded
  Fields parameters;     // of the query, decoded
  Fields variables;      // of the path, decoded
  Admitted admitted;
  mutable json::Arena arena;  // of `admitted`, and for what expressions look into

  std::optional<std::string> find(const Expression& expression) const override;

  std::string source_ip() const;
  std::string route_arn() const;  // arn:aws:execute-api:…/<stage>/<METHOD>/<path>
  // What services are called for: arn:aws:execute-api:…/<stage>/<METHOD>/<path of the route>, …/<stage>/$default
  std::string source_arn() const;
  std::string request_time() const;  // 12/Mar/2020:19:03:58 +0000

 private:
  std::optional<std::string> of_body(const Expression& expression) const;
};

// "$context.name"; nullopt: there is nothing of that name.
std::optional<std::string> context_value(const Exchange& exchange, std::string_view name);

// What is at the path of a body that is JSON: a text as it is, other JSON as its text.
std::optional<std::string> value_in_body(json::Arena& arena, std::string_view body, const jsonpath::Path& path);

// All values of that name, joined with commas; headers are compared without regard to case. nullopt: there is none.
std::optional<std::string> joined(const Fields& fields, std::string_view name, bool ignore_case);

// A field of a form or query, decoded.
std::string decode_field(std::string_view text);

// Expressions of response mappings: those of the response, and all others.
class ResponseValues final : public Values {
 public:
  ResponseValues(const Exchange& exchange, const http::Response& response) : exchange_(exchange), response_(response) {}
  std::optional<std::string> find(const Expression& expression) const override;

 private:
  const Exchange& exchange_;
  const http::Response& response_;
};

}  // namespace stepwell::apigateway
