#include "services/sts/service.h"

#include "services/directory/operations.h"
#include "services/sts/model.h"

#include <array>

namespace stepwell::sts {
namespace {

constexpr auto operations = std::to_array<directory::Operation<Sts>>({
#define OPERATION(name, function) {#name, function},
#include "services/sts/operations.def"
#undef OPERATION
});

}  // namespace

const wire::ApiModel& Service::model() const { return sts::model(); }

std::vector<directory::Need> Service::needs(const wire::Call& call) const {
  return directory::needs_of(model(), actions(), call);
}

Task<Result<wire::Reply>> Service::call(wire::Call& call) {
  co_return co_await directory::run<Sts>(operations, sts_, call);
}

}  // namespace stepwell::sts
