#include "services/directory/actions.h"

#include "services/sts/model.h"

#include <array>

namespace stepwell::sts {
namespace {

constexpr auto table = std::to_array<directory::Action>({
#define ACTION(operation, action, resource) {#operation, action, resource},
#include "services/sts/actions.def"
#undef ACTION
});

}  // namespace

directory::Actions actions() { return {.actions = table}; }

}  // namespace stepwell::sts
