#include "engine/check/stray_rules.h"

namespace stepwell::engine::check {

void check_stray_scopes(Owners& owners, Report& report) { check_owned(owners, Table::scope, "scopes", report); }

}  // namespace stepwell::engine::check
