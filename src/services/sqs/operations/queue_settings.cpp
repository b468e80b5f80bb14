#include "services/sqs/operations/queue_settings.h"

#include "services/sqs/operations/support.h"
#include "wire/arn.h"

namespace stepwell::sqs {

Result<void> check_dead_letters(Sqs& sqs, const QueueRecord& queue) {
  const Settings settings = settings_of(queue.attributes);
  if (!settings.dead_letters) return {};
  const auto refused = [&queue](std::string_view reason) {
    return fail(errors::invalid_value(queue.attributes.at("RedrivePolicy"), "RedrivePolicy", reason));
  };
  const std::string& arn = settings.dead_letters->target;
  const auto here = wire::Arn::parse(queue.arn);
  const auto there = wire::Arn::parse(arn);
  if (here->region != there->region || here->account != there->account) {
    return refused("Dead-letter target owner should be same as the source.");
  }
  TRY_ASSIGN(const auto target, sqs.queues.find(arn));
  if (target == nullptr) return refused("Dead letter target does not exist.");
  if (target->settings().fifo != settings.fifo) {
    return refused("Dead-letter queue must be same type of queue as the source.");
  }
  if (!target->settings().allowance.allows(queue.arn)) {
    return refused("The dead-letter queue's redrive allow policy does not permit this source queue.");
  }
  return {};
}

}  // namespace stepwell::sqs
