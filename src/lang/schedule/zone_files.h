#pragma once
// The port to compiled zone files, by the names of the IANA time zone database: Europe/Berlin. Implementation:
// server/zone_files.h.

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::schedule {

class ZoneFiles {
 public:
  virtual ~ZoneFiles() = default;
  // nullopt: there is no zone of that name.
  virtual std::optional<std::string> read(std::string_view name) = 0;
};

}  // namespace stepwell::schedule
