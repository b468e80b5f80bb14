#pragma once
// AWS Identity and Access Management as a service of the directory, and who decides for all of them (access()).

#include "base/ports.h"
#include "base/timer.h"
#include "services/directory/directory.h"
#include "services/iam/root_key.h"
#include "store/store.h"

#include <memory>
#include <string>
#include <vector>

namespace stepwell::iam {

struct ServicePorts {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  std::vector<RootKey> root_keys;
  directory::Enforcement enforcement = directory::Enforcement::off;
};

class Service final : public directory::Service {
 public:
  static Result<std::unique_ptr<Service>> open(ServicePorts ports);
  ~Service() override;

  const wire::ApiModel& model() const override;
  Task<Result<wire::Reply>> call(wire::Call& call) override;
  std::vector<directory::Need> needs(const wire::Call& call) const override;
  std::optional<std::string> tag(std::string_view arn, std::string_view key) const override;

  directory::AccessControl& access();

 private:
  struct Parts;
  explicit Service(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace stepwell::iam
