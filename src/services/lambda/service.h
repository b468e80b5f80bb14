#pragma once
// AWS Lambda as a service of the directory: functions that run as processes of this machine.
//
// Functions are not locked away from the machine: each has a clean environment, a working and a temporary directory of
// its own, bounds of time, memory and open files and a process group that is killed as a whole, but runs as the user of
// this server. They are as trusted as the people who may create them.

#include "base/http_server.h"
#include "base/ports.h"
#include "base/process.h"
#include "base/timer.h"
#include "services/deliveries/deliveries.h"
#include "services/directory/directory.h"
#include "services/lambda/limits.h"
#include "store/store.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::lambda {

struct ServicePorts {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  Log& log;
  ProcessLauncher& processes;
  http::Network& network;
  directory::Directory& directory;     // event sources are received from there
  deliveries::Deliveries& deliveries;  // what tells the ends of asynchronous invocations
  // Where packages are unpacked and functions have their homes. Its folders `code`, `home` and `runtimes` are emptied
  // by every start: nothing in them is precious.
  std::filesystem::path work_directory;
  std::string search_path = "/usr/local/bin:/usr/bin:/bin";  // for node and python3, as in PATH
  // What functions get as AWS_ENDPOINT_URL; asked when a process starts, when the server's port is known.
  std::function<std::string()> endpoint_url = [] { return std::string(); };
  // Where it enforces what callers may do, functions get keys of a session of their role.
  directory::AccessControl* access = nullptr;
  // Else what they get as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: keys of this server where it demands them.
  std::string access_key = "stepwell";
  std::string secret_key = "stepwell";
  Limits limits;
};

class Service final : public directory::Service {
 public:
  // Takes up the asynchronous invocations that were accepted and are not over, and the event source mappings.
  static Result<std::unique_ptr<Service>> open(ServicePorts ports);
  // Kills every process. Who waits for an invocation gets no answer: the server's end is no failure of the function,
  // and whoever keeps a record of the call makes it again after the next start.
  ~Service() override;

  const wire::ApiModel& model() const override;
  Task<Result<wire::Reply>> call(wire::Call& call) override;
  // Invoke of the type Event.
  Result<wire::Reply> fold(wire::Call& call, store::Batch& batch) override;
  std::vector<directory::Need> needs(const wire::Call& call) const override;
  std::optional<std::string> tag(std::string_view arn, std::string_view key) const override;
  void drain() override;

 private:
  struct Parts;
  explicit Service(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace stepwell::lambda
