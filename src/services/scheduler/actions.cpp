#include "services/directory/actions.h"

#include "services/scheduler/model.h"
#include "services/scheduler/operations/support.h"

#include <array>

namespace stepwell::scheduler {
namespace {

std::string schedule(const wire::Call& call) { return schedule_place(call).arn(); }

constexpr auto table = std::to_array<directory::Action>({
#define ACTION(operation, action, resource) {#operation, action, resource},
#include "services/scheduler/actions.def"
#undef ACTION
});

}  // namespace

directory::Actions actions() { return {.actions = table}; }

}  // namespace stepwell::scheduler
