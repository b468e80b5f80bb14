#include "services/directory/actions.h"

#include "services/apigateway/model.h"

#include <array>

namespace stepwell::apigateway {
namespace {

constexpr auto table = std::to_array<directory::Action>({
#define ACTION(operation, action, resource) {#operation, action, resource},
#include "services/apigateway/actions.def"
#undef ACTION
});

}  // namespace

directory::Actions actions() { return {.actions = table}; }

}  // namespace stepwell::apigateway
