#include "engine/check/stray_rules.h"

namespace stepwell::engine::check {

void check_stray_child_outputs(Owners& owners, Report& report) {
  check_owned(owners, Table::child_output, "outputs", report);
}

}  // namespace stepwell::engine::check
