#pragma once
// Amazon ECS as a service of the directory: task definitions, clusters, and tasks whose containers a container engine
// of this machine runs. There are no services, container instances or schedulers: a task runs here, at once.

#include "base/containers.h"
#include "base/ports.h"
#include "base/timer.h"
#include "services/directory/directory.h"
#include "services/ecs/task_role.h"
#include "store/store.h"

#include <functional>
#include <memory>

namespace stepwell::ecs {

struct ServicePorts {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  Log& log;
  directory::Directory& directory;
  containers::Containers& containers;
  std::function<Surroundings()> surroundings;  // asked when a container is started
};

class Service final : public directory::Service {
 public:
  explicit Service(const ServicePorts& ports);
  ~Service() override;

  // Takes up the tasks that are not STOPPED; when every service is in the directory.
  Result<void> start();

  const wire::ApiModel& model() const override;
  Task<Result<wire::Reply>> call(wire::Call& call) override;
  std::vector<directory::Need> needs(const wire::Call& call) const override;
  std::optional<std::string> tag(std::string_view arn, std::string_view key) const override;
  // Of a task, or of several: ARNs with spaces between.
  Task<bool> ended(std::string arns) override;

 private:
  struct Parts;
  std::shared_ptr<Parts> parts_;
};

}  // namespace stepwell::ecs
