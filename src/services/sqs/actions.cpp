#include "services/directory/actions.h"

#include "services/sqs/model.h"
#include "services/sqs/names.h"

#include <array>

namespace stepwell::sqs {
namespace {

// What names no queue is refused by the operation; until then it is nothing that a policy names.
std::string queue(const wire::Call& call) {
  if (call.has("QueueName")) {
    const auto owner = call.optional_text("QueueOwnerAWSAccountId");
    return queue_arn(call.caller.region, owner.value_or(call.caller.account), call.text("QueueName"));
  }
  return arn_of_url(call.caller, call.text("QueueUrl")).value_or("*");
}

std::string move_source(const wire::Call& call) {
  const auto handle = read_task_handle(call.text("TaskHandle"));
  return handle ? handle->source : std::string("*");
}

constexpr auto table = std::to_array<directory::Action>({
#define ACTION(operation, action, resource) {#operation, action, resource},
#include "services/sqs/actions.def"
#undef ACTION
});

}  // namespace

directory::Actions actions() { return {.actions = table}; }

}  // namespace stepwell::sqs
