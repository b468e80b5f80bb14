#pragma once
// stepwell.yaml: what `serve` is given on its command line, in a file, and services elsewhere with their credentials
// (docs/configuration.md). Keys are the options' names. `${NAME}` in a text is the environment's variable of that name,
// `$${` is `${`.

#include "base/error.h"
#include "server/config/environment.h"
#include "server/endpoints.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::server {

struct Setting {
  std::string name;  // of the option, without its dashes
  std::vector<std::string> values;
  std::string place;  // "stepwell.yaml:3:12"
};

struct Settings {
  std::vector<Setting> options;
  std::vector<EndpointOptions> endpoints;
};

// `known`: the options there are. Error "InvalidConfiguration", whose message begins with the place.
Result<Settings> read_settings(const std::string& path, std::string_view text, std::span<const std::string_view> known,
                               const Environment& environment);

}  // namespace stepwell::server
