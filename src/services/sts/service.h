#pragma once
// AWS Security Token Service as a service of the directory: temporary credentials. Whose keys are whose, and who may
// assume what, the port of services/directory/access.h knows.

#include "services/directory/directory.h"
#include "services/sts/sts.h"

namespace stepwell::sts {

class Service final : public directory::Service {
 public:
  // The clock and the access control outlive the service.
  Service(Clock& clock, directory::AccessControl& access) : sts_{.clock = clock, .access = access} {}

  const wire::ApiModel& model() const override;
  Task<Result<wire::Reply>> call(wire::Call& call) override;
  std::vector<directory::Need> needs(const wire::Call& call) const override;

 private:
  Sts sts_;
};

}  // namespace stepwell::sts
