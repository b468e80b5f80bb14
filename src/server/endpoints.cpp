#include "server/endpoints.h"

#include "lang/asl/validation/nearest.h"
#include "net/url.h"
#include "server/config/aws_profile.h"
#include "services/batch/model.h"
#include "services/ecs/model.h"
#include "services/elsewhere/models.h"
#include "services/events/model.h"
#include "services/lambda/model.h"
#include "services/logs/model.h"
#include "services/scheduler/model.h"
#include "services/sns/model.h"
#include "services/sqs/model.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stepwell::server {
namespace {

struct Reachable {
  std::string_view name;
  const wire::ApiModel& (*model)();
  directory::Actions (*actions)();
};
constexpr auto local_services = std::to_array<Reachable>({
#define REACHABLE(name) {#name, name::model, name::actions},
#include "server/reachable.def"
#undef REACHABLE
});

Error invalid(const EndpointOptions& options, std::string_view why) {
  return {.code = "InvalidEndpoint",
          .message = fmt::format("{}: {}: {}", options.place, options.service, why),
          .detail = {}};
}

std::vector<std::string_view> reachable_names() {
  std::vector<std::string_view> names = elsewhere::names();
  for (const Reachable& service : local_services) names.push_back(service.name);
  std::ranges::sort(names);
  return names;
}

struct Found {
  const wire::ApiModel* model = nullptr;
  directory::Actions actions;
};

Result<Found> find_service(const EndpointOptions& options) {
  const auto local = std::ranges::find(local_services, options.service, &Reachable::name);
  if (local != local_services.end()) return Found{&local->model(), local->actions()};
  if (const wire::ApiModel* model = elsewhere::find_model(options.service)) return Found{model, {}};
  const auto names = reachable_names();
  const std::string hint = asl::validation::did_you_mean(options.service, names);
  Error error = invalid(options, fmt::format("'{}' is no service that calls can be sent to{}{}", options.service,
                                             hint.empty() ? "" : "; ", hint));
  error.detail = fmt::format("There are: {}", fmt::join(names, ", "));
  return fail(std::move(error));
}

Result<std::optional<wire::Credentials>> credentials_of(const EndpointOptions& options,
                                                        const Environment& environment) {
  if (options.access_key.empty()) return find_credentials(environment, options.profile);
  return wire::Credentials{
      .access_key = options.access_key, .secret_key = options.secret_key, .session_token = options.session_token};
}

}  // namespace

Result<EndpointOptions> read_endpoint(const std::string& argument) {
  const std::size_t equals = argument.find('=');
  if (equals == std::string::npos || equals == 0) {
    return fail(Error{.code = "InvalidEndpoint",
                      .message = fmt::format("--endpoint {}: expected SERVICE=URL, for example "
                                             "lambda=http://127.0.0.1:9001",
                                             argument),
                      .detail = {}});
  }
  return EndpointOptions{.service = argument.substr(0, equals), .url = argument.substr(equals + 1)};
}

Result<std::vector<EndpointOptions>> all_endpoints(const std::vector<EndpointOptions>& of_the_file,
                                                   const std::vector<std::string>& arguments) {
  std::vector<EndpointOptions> given;
  for (const std::string& argument : arguments) {
    TRY_ASSIGN(given.emplace_back(), read_endpoint(argument));
  }
  std::vector<EndpointOptions> all;
  for (const EndpointOptions& endpoint : of_the_file) {
    if (std::ranges::find(given, endpoint.service, &EndpointOptions::service) == given.end()) all.push_back(endpoint);
  }
  all.insert(all.end(), given.begin(), given.end());
  return all;
}

std::string_view region_of_host(std::string_view url) {
  std::string_view host = url.substr(std::min(url.find("://") + 3, url.size()));
  host = host.substr(0, host.find_first_of(":/?"));
  for (const std::string_view domain : {".amazonaws.com", ".amazonaws.com.cn"}) {
    if (!host.ends_with(domain)) continue;
    host.remove_suffix(domain.size());
    const std::size_t dot = host.rfind('.');
    return dot == std::string_view::npos ? "us-east-1" : host.substr(dot + 1);
  }
  return {};
}

Result<std::unique_ptr<directory::Service>> make_endpoint(const EndpointOptions& options,
                                                          const Environment& environment, http::Client& client,
                                                          Clock& clock) {
  TRY_ASSIGN(const Found found, find_service(options));
  const auto url = net::parse_url(options.url);
  if (!url) return fail(invalid(options, url.error().message));
  if (options.access_key.empty() != options.secret_key.empty())
    return fail(invalid(options, "access-key and secret-key go together"));
  if (!options.access_key.empty() && !options.profile.empty())
    return fail(invalid(options, "keys are given, or a profile that has them, but not both"));
  directory::Endpoint endpoint;
  endpoint.url = options.url;
  endpoint.timeout = std::chrono::seconds(options.timeout_seconds);
  const std::string_view region_of_aws = region_of_host(options.url);
  endpoint.region = options.region.empty() ? std::string(region_of_aws) : options.region;
  TRY_ASSIGN(endpoint.credentials, credentials_of(options, environment));
  if (!endpoint.credentials && !region_of_aws.empty()) {
    Error error = invalid(options, "AWS takes signed calls only, and no credentials are found");
    error.code = "MissingCredentials";
    error.detail = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile or keys in stepwell.yaml.";
    return fail(std::move(error));
  }
  return std::make_unique<directory::RemoteService>(client, *found.model, std::move(endpoint), clock, found.actions);
}

}  // namespace stepwell::server
