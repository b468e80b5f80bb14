#include "engine/check/stray_rules.h"

namespace stepwell::engine::check {

void check_stray_events(Owners& owners, Report& report) { check_owned(owners, Table::event, "events", report); }

}  // namespace stepwell::engine::check
