#include "services/directory/actions.h"

#include "services/sns/model.h"

#include <array>

namespace stepwell::sns {
namespace {

std::string topic_of_subscription(const wire::Call& call) {
  const std::string_view arn = call.text("SubscriptionArn");
  return std::string(arn.substr(0, arn.rfind(':')));
}

std::string published_to(const wire::Call& call) {
  const bool is_target = !call.has("TopicArn") && call.has("TargetArn");
  const std::string_view arn = call.text(is_target ? "TargetArn" : "TopicArn");
  return arn.empty() ? "*" : std::string(arn);
}

constexpr auto table = std::to_array<directory::Action>({
#define ACTION(operation, action, resource) {#operation, action, resource},
#include "services/sns/actions.def"
#undef ACTION
});

}  // namespace

directory::Actions actions() { return {.actions = table}; }

}  // namespace stepwell::sns
