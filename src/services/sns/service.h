#pragma once
// Amazon Simple Notification Service as a service of the directory: topics, subscriptions and the messages between.

#include "base/ports.h"
#include "base/timer.h"
#include "services/deliveries/deliveries.h"
#include "services/directory/directory.h"
#include "store/store.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::sns {

struct ServicePorts {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  Log& log;
  deliveries::Deliveries& deliveries;
  // Where endpoints reach this program, to confirm and to check signatures; asked when a message is made.
  std::function<std::string()> own_url = [] { return std::string(); };
};

class Service final : public directory::Service {
 public:
  explicit Service(const ServicePorts& ports);
  ~Service() override;

  const wire::ApiModel& model() const override;
  Task<Result<wire::Reply>> call(wire::Call& call) override;
  // Publish and PublishBatch.
  Result<wire::Reply> fold(wire::Call& call, store::Batch& batch) override;
  std::vector<directory::Need> needs(const wire::Call& call) const override;
  std::optional<std::string> tag(std::string_view arn, std::string_view key) const override;

  // The certificate that signatures are checked by, where the path is its own. nullopt: it is not.
  std::optional<std::string> page(std::string_view path);

 private:
  struct Parts;
  std::shared_ptr<Parts> parts_;
};

}  // namespace stepwell::sns
