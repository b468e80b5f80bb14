#pragma once
// Access logs of stages: one line of the stage's format for each request, in its log group.

#include "base/ports.h"
#include "base/timer.h"
#include "services/apigateway/serving/exchange.h"
#include "services/directory/directory.h"
#include "store/store.h"

#include <string>

namespace stepwell::apigateway {

// The format with what its $context variables stand for; - for what there is nothing of.
std::string access_log_line(const Exchange& exchange, const http::Response& response, Duration latency);

struct AccessLogPorts {
  directory::Directory& directory;
  store::Store& store;
  Log& log;
};
// Nobody waits until it is written.
void write_access_log(const AccessLogPorts& ports, const Exchange& exchange, std::string line, Timestamp now);

}  // namespace stepwell::apigateway
