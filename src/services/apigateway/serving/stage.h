#pragma once
// A stage of an API as it is served: the deployment that it points to, compiled.

#include "base/error.h"
#include "services/apigateway/authorizer.h"
#include "services/apigateway/integration.h"
#include "services/apigateway/records.h"
#include "services/apigateway/routes/route_key.h"
#include "services/apigateway/routes/route_table.h"
#include "services/apigateway/serving/throttle.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::apigateway {

struct Cors {
  std::vector<std::string> origins;
  std::string methods, headers, exposed;  // as headers say them: "GET,POST"
  std::optional<std::int64_t> max_age;
  bool credentials = false;
};

struct Route {
  enum class Authorization : std::uint8_t { none, iam, jwt, custom };

  RouteKey key;
  std::string text;  // of the key
  Authorization authorization = Authorization::none;
  const Authorizer* authorizer = nullptr;  // of jwt and custom
  std::vector<std::string> scopes;
  const Integration* integration = nullptr;  // nullptr: the route has no target
  mutable std::optional<Throttle> throttle;  // none: it takes every request
};

struct AccessLog {
  std::string group;  // name of the log group
  std::string format;
};

struct Stage {
  std::string api, account, region, name;
  std::string api_arn() const;                                    // arn:aws:execute-api:…:<api>/<stage>
  std::string authorizer_arn(std::string_view authorizer) const;  // arn:aws:execute-api:…:<api>/authorizers/<id>
  std::vector<std::pair<std::string, std::string>> variables;
  std::optional<Cors> cors;
  std::map<std::string, Authorizer, std::less<>> authorizers;  // by id
  std::map<std::string, Integration, std::less<>> integrations;
  std::vector<Route> routes;
  RouteTable table;  // of numbers in `routes`
  std::optional<AccessLog> log;

  Stage() = default;
  Stage(const Stage&) = delete;  // routes point to what the maps hold
  Stage& operator=(const Stage&) = delete;
};

// `stage` is the stage's document, `snapshot` that of its deployment. What cannot be read any more is left out: its
// routes answer as if they had no target.
std::shared_ptr<const Stage> compile_stage(const Api& api, std::string_view stage, std::string_view snapshot);

}  // namespace stepwell::apigateway
