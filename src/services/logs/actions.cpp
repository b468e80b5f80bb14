#include "services/directory/actions.h"

#include "services/logs/model.h"
#include "services/logs/operations/support.h"

#include <array>

namespace stepwell::logs {
namespace {

// As AWS names a stream of a group, and a group as a stream without a name.
std::string stream(const wire::Call& call) {
  const std::string_view identifier = call.text("logGroupIdentifier");
  std::string arn;
  if (identifier.starts_with("arn:")) {
    arn = identifier.substr(0, identifier.ends_with(":*") ? identifier.size() - 2 : identifier.size());
  } else {
    arn = group_arn(call.caller, identifier.empty() ? call.text("logGroupName") : identifier);
  }
  return fmt::format("{}:log-stream:{}", arn, call.text("logStreamName"));
}

std::string group(const wire::Call& call) { return stream(call); }

constexpr auto table = std::to_array<directory::Action>({
#define ACTION(operation, action, resource) {#operation, action, resource},
#include "services/logs/actions.def"
#undef ACTION
});

}  // namespace

directory::Actions actions() { return {.actions = table}; }

}  // namespace stepwell::logs
