// stepwell version

#include "server/commands/commands.h"

#include <fmt/format.h>

namespace stepwell::server {

int version() {
  fmt::print("stepwell {}\n", STEPWELL_VERSION);
  return 0;
}

}  // namespace stepwell::server
