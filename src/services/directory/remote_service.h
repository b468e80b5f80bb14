#pragma once
// A service that runs elsewhere: AWS itself, or any program that speaks its protocol.
//
// Errors of the other side come back with the code, message and HTTP status that it gave; those of the connection are
// the HTTP client's (base/http_client.h), with status 0. The id that the other side gave the request becomes the
// call's. An operation of AWS that has its own host prefix is called there (sync-states.us-east-1.amazonaws.com).

#include "base/http_client.h"
#include "base/ports.h"
#include "services/directory/actions.h"
#include "services/directory/directory.h"
#include "wire/sigv4.h"

#include <optional>
#include <string>

namespace stepwell::directory {

struct Endpoint {
  std::string url;                               // http[s]://host[:port][/path]
  std::optional<wire::Credentials> credentials;  // calls are signed with them
  std::string region;                            // that they are signed for; empty: the caller's
  Duration timeout{900'000};                     // the longest that a Lambda function may run
};

class RemoteService final : public Service {
 public:
  // The client, model and clock outlive the service. `actions` are those that the service has where it runs here.
  RemoteService(http::Client& client, const wire::ApiModel& model, Endpoint endpoint, Clock& clock,
                Actions actions = {});

  const wire::ApiModel& model() const override { return model_; }
  Task<Result<wire::Reply>> call(wire::Call& call) override;
  std::vector<Need> needs(const wire::Call& call) const override { return needs_of(model_, actions_, call); }

 private:
  std::string host_for(const wire::OperationModel& operation) const;

  http::Client& client_;
  const wire::ApiModel& model_;
  Endpoint endpoint_;
  Clock& clock_;
  Actions actions_;
  std::string scheme_;  // "http://"
  std::string host_;    // with port
  std::string path_;    // without a slash at the end
};

}  // namespace stepwell::directory
