#pragma once
// Amazon CloudWatch Logs as a service of the directory: groups, streams and events, kept until their retention ends.

#include "base/ports.h"
#include "base/timer.h"
#include "services/directory/directory.h"
#include "store/store.h"

#include <memory>

namespace stepwell::logs {

struct ServicePorts {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  Log& log;
};

class Service final : public directory::Service {
 public:
  explicit Service(const ServicePorts& ports);
  ~Service() override;

  const wire::ApiModel& model() const override;
  Task<Result<wire::Reply>> call(wire::Call& call) override;
  std::vector<directory::Need> needs(const wire::Call& call) const override;
  // CreateLogStream, and PutLogEvents, which makes the stream where it is not there.
  Result<wire::Reply> fold(wire::Call& call, store::Batch& batch) override;

 private:
  struct Parts;
  std::shared_ptr<Parts> parts_;
};

}  // namespace stepwell::logs
