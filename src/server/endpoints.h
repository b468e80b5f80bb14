#pragma once
// Services that calls are sent to elsewhere: --endpoint SERVICE=URL, and `endpoints` of the configuration file.

#include "base/error.h"
#include "base/ports.h"
#include "server/config/environment.h"
#include "server/options.h"
#include "services/directory/directory.h"
#include "services/directory/remote_service.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::server {

// SERVICE=URL. Error "InvalidEndpoint".
Result<EndpointOptions> read_endpoint(const std::string& argument);

// Those of the configuration file, but for services that the command line names, and those of the command line.
Result<std::vector<EndpointOptions>> all_endpoints(const std::vector<EndpointOptions>& of_the_file,
                                                   const std::vector<std::string>& arguments);

// The service that calls of it are sent by. The client and the clock outlive it. Errors "InvalidEndpoint",
// "MissingCredentials" and those of config/aws_profile.h.
Result<std::unique_ptr<directory::Service>> make_endpoint(const EndpointOptions& options,
                                                          const Environment& environment, http::Client& client,
                                                          Clock& clock);

// dynamodb.eu-west-1.amazonaws.com: eu-west-1; empty where the host is none of AWS's.
std::string_view region_of_host(std::string_view url);

}  // namespace stepwell::server
