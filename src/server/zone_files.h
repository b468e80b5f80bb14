#pragma once
// The zone files of this system.

#include "lang/schedule/zone_files.h"

namespace stepwell::server {

class SystemZoneFiles final : public schedule::ZoneFiles {
 public:
  std::optional<std::string> read(std::string_view name) override;
};

}  // namespace stepwell::server
