#include "engine/check/stray_rules.h"

namespace stepwell::engine::check {

void check_stray_effects(Owners& owners, Report& report) {
  check_owned(owners, Table::pending_effect, "tasks", report);
}

}  // namespace stepwell::engine::check
