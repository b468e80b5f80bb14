#pragma once
// The port to EventBridge's connections: what calls to an HTTP API prove themselves with, and what else they carry.
// HTTP tasks and API destinations call by them. Implementation: services/events.

#include "base/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::directory {

struct HttpParameter {
  std::string name, value;
};

struct HttpParameters {
  std::vector<HttpParameter> headers, query, body;
};

// With its secrets: never logged, never answered.
struct Connection {
  enum class Kind : std::uint8_t { basic, api_key, oauth_client_credentials };

  std::string arn;
  Kind kind = Kind::api_key;
  std::string name;    // the user's, the header's, or the client's id
  std::string secret;  // the password, the header's value, or the client's secret
  // Of OAuth: where tokens are got, and what the request for one carries beside the client's credentials.
  std::string token_url;
  std::string token_method = "POST";
  HttpParameters token_parameters;
  // What every call carries.
  HttpParameters invocation;
};

class Connections {
 public:
  virtual ~Connections() = default;
  // Error "ResourceNotFoundException".
  virtual Result<Connection> find(std::string_view arn) = 0;
};

}  // namespace stepwell::directory
