#pragma once
// When a schedule runs: its expression by the clock of its time zone, between its start and its end.

#include "base/error.h"
#include "base/ports.h"
#include "lang/json/value.h"
#include "lang/schedule/expression.h"
#include "lang/schedule/zone_files.h"
#include "services/scheduler/records.h"

#include <string>
#include <unordered_map>

namespace stepwell::scheduler {

class Timing {
 public:
  Timing(schedule::ZoneFiles& files, Random& random) : files_(files), random_(random) {}

  // Error "ValidationException" for an expression, time zone or window that is none.
  Result<void> check(const json::Value& document);
  // The first run behind `after`; nullopt: there is none. `document` has been checked.
  std::optional<Run> next(const json::Value& document, Timestamp after);

 private:
  // nullptr: there is no such zone. Zones are kept: there are some hundreds.
  const schedule::TimeZone* zone(std::string_view name);

  schedule::ZoneFiles& files_;
  Random& random_;
  std::unordered_map<std::string, schedule::TimeZone> zones_;
};

}  // namespace stepwell::scheduler
