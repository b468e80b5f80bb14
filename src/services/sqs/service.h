#pragma once
// Amazon SQS as a service of the directory.

#include "services/directory/directory.h"
#include "services/sqs/queues.h"

#include <memory>

namespace stepwell::sqs {

class Service final : public directory::Service {
 public:
  static Result<std::unique_ptr<Service>> open(const ServicePorts& ports);
  ~Service() override;

  const wire::ApiModel& model() const override;
  Task<Result<wire::Reply>> call(wire::Call& call) override;
  // SendMessage and SendMessageBatch.
  Result<wire::Reply> fold(wire::Call& call, store::Batch& batch) override;
  std::vector<directory::Need> needs(const wire::Call& call) const override;
  std::optional<std::string> tag(std::string_view arn, std::string_view key) const override;
  void drain() override;

 private:
  struct Parts;
  explicit Service(std::shared_ptr<Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<Parts> parts_;
};

}  // namespace stepwell::sqs
