#pragma once
// Amazon EventBridge as a service of the directory: buses, rules and their targets, connections and API destinations.

#include "base/http_client.h"
#include "base/ports.h"
#include "base/timer.h"
#include "services/deliveries/deliveries.h"
#include "services/directory/directory.h"
#include "store/store.h"

#include <memory>

namespace stepwell::events {

struct ServicePorts {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  Log& log;
  http::Client& client;
  deliveries::Deliveries& deliveries;
};

class Service final : public directory::Service {
 public:
  static Result<std::unique_ptr<Service>> open(const ServicePorts& ports);
  ~Service() override;

  // Scheduled rules begin to tick; when every service is in the directory.
  Result<void> start();
  // What lets requests in elsewhere; lives as long as the service.
  deliveries::Connections& connections();

  const wire::ApiModel& model() const override;
  Task<Result<wire::Reply>> call(wire::Call& call) override;
  // PutEvents.
  Result<wire::Reply> fold(wire::Call& call, store::Batch& batch) override;
  std::vector<directory::Need> needs(const wire::Call& call) const override;
  std::optional<std::string> tag(std::string_view arn, std::string_view key) const override;
  bool awaits_events(const wire::Caller& where, std::string_view source) const override;

 private:
  struct Parts;
  explicit Service(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace stepwell::events
