#pragma once
// AWS Step Functions as a service of the directory: its operations over the engine, and the engine's windows on the
// world.

#include "base/http_client.h"
#include "base/metrics.h"
#include "base/ports.h"
#include "base/timer.h"
#include "base/trace.h"
#include "engine/shard.h"
#include "services/deliveries/connections.h"
#include "services/directory/directory.h"
#include "services/states/mocks.h"
#include "services/states/reading.h"
#include "store/store.h"

#include <memory>

namespace stepwell::states {

struct ServicePorts {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  Log& log;
  directory::Directory& directory;  // for what tasks call
  engine::Limits limits;
  std::unique_ptr<Mocks> mocks;          // may be nullptr
  metrics::Registry* metrics = nullptr;  // may be nullptr
  trace::Sink* traces = nullptr;         // likewise
  // For tasks that call HTTP APIs, and what those are called with; nullptr: there are none.
  http::Client* http = nullptr;
  deliveries::Connections* connections = nullptr;
};

class Service final : public directory::Service {
 public:
  // Opens the engine over the store and takes up what was under way. Tasks that must be sent again are sent from here
  // on, so the directory has all its services by then.
  static Result<std::unique_ptr<Service>> open(ServicePorts ports);
  ~Service() override;

  const wire::ApiModel& model() const override;
  Task<Result<wire::Reply>> call(wire::Call& call) override;
  std::vector<directory::Need> needs(const wire::Call& call) const override;
  std::optional<std::string> tag(std::string_view arn, std::string_view key) const override;
  void drain() override;  // ends the long polls of workers, and watching

  // Beside AWS's operations; as long as the service is there.
  Reading& reading();

 private:
  struct Parts;
  explicit Service(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace stepwell::states
