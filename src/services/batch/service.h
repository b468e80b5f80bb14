#pragma once
// AWS Batch as a service of the directory: job queues, job definitions, and jobs, each of which is a container.

#include "base/containers.h"
#include "base/ports.h"
#include "base/timer.h"
#include "services/batch/conductor.h"
#include "services/directory/directory.h"
#include "store/store.h"

#include <functional>
#include <memory>
#include <string>

namespace stepwell::batch {

struct ServicePorts {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  Log& log;
  directory::Directory& directory;
  containers::Containers& containers;
  // Where this server answers, for what runs in containers.
  std::function<std::string()> endpoint_url;
  std::string access_key = "stepwell", secret_key = "stepwell";  // that jobs get where access is not controlled
  Limits limits = {};
};

class Service final : public directory::Service {
 public:
  explicit Service(ServicePorts ports);
  ~Service() override;

  // Jobs begin to run; when every service is in the directory.
  Result<void> start();

  const wire::ApiModel& model() const override;
  Task<Result<wire::Reply>> call(wire::Call& call) override;
  Result<wire::Reply> fold(wire::Call& call, store::Batch& batch) override;  // SubmitJob
  std::vector<directory::Need> needs(const wire::Call& call) const override;
  std::optional<std::string> tag(std::string_view arn, std::string_view key) const override;
  Task<bool> ended(std::string arn) override;
  void drain() override;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace stepwell::batch
