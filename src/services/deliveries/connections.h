#pragma once
// The port to what lets requests in elsewhere: EventBridge's connections. Secrets and tokens are put in when a request
// is sent, and stand in no row. Implementation: services/events.

#include "base/error.h"
#include "base/http_client.h"
#include "base/task.h"

#include <string>

namespace stepwell::deliveries {

class Connections {
 public:
  virtual ~Connections() = default;
  // The call with the headers, query and body that the connection adds. Errors are those of an attempt that failed.
  virtual Task<Result<http::Call>> authorize(std::string connection_arn, http::Call call) = 0;
};

}  // namespace stepwell::deliveries
