#include "services/states/awaited/work.h"

#include <algorithm>
#include <array>

namespace stepwell::states {
namespace {

constexpr auto kinds = std::to_array<const WorkKind*>({
#define WORK(name) &name,
#include "services/states/awaited/work.def"
#undef WORK
});

}  // namespace

const WorkKind* find_work(std::string_view service) {
  const auto found = std::ranges::find(kinds, service, &WorkKind::service);
  return found == kinds.end() ? nullptr : *found;
}

}  // namespace stepwell::states
