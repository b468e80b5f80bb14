#pragma once
// Amazon EventBridge Scheduler as a service of the directory: schedules, in groups, and what they call.

#include "base/ports.h"
#include "base/timer.h"
#include "lang/schedule/zone_files.h"
#include "services/deliveries/deliveries.h"
#include "services/directory/directory.h"
#include "store/store.h"

#include <memory>

namespace stepwell::scheduler {

struct ServicePorts {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  Log& log;
  schedule::ZoneFiles& zones;
  const directory::Directory& directory;
  deliveries::Deliveries& deliveries;
};

class Service final : public directory::Service {
 public:
  explicit Service(const ServicePorts& ports);
  ~Service() override;

  // Schedules begin to run; when every service is in the directory.
  Result<void> start();

  const wire::ApiModel& model() const override;
  Task<Result<wire::Reply>> call(wire::Call& call) override;
  std::vector<directory::Need> needs(const wire::Call& call) const override;
  std::optional<std::string> tag(std::string_view arn, std::string_view key) const override;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace stepwell::scheduler
