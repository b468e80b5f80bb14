#pragma once
// What executions write to CloudWatch Logs, as the machine's loggingConfiguration says (spec §2, "Logging").
//
// Every event of the history that the level lets through becomes a log event, in the commit that makes it part of the
// history: for a Standard execution no log event is lost and none is there twice. Where CloudWatch Logs is elsewhere,
// it is sent there (remote_logs.h). Each machine has a stream of its own for as long as the program runs:
// states/<machine>/<year-month-day-hour-minute>/<chance>.

#include "base/ports.h"
#include "engine/world.h"
#include "services/directory/directory.h"
#include "services/states/machines.h"
#include "services/states/remote_logs.h"

#include <memory>
#include <string>
#include <unordered_map>

namespace stepwell::states {

class Logging final : public engine::Witness {
 public:
  Logging(Machines& machines, directory::Directory& directory, Clock& clock, Random& random, Log& log)
      : machines_(&machines),
        directory_(&directory),
        clock_(&clock),
        random_(&random),
        log_(&log),
        remote_(directory, log) {}

  void witness(engine::Execution& execution, std::span<const engine::Event> events, store::Batch& batch) override;

 private:
  class Delivery;
  const std::string& stream_of(const engine::Revision& revision);

  Machines* machines_;
  directory::Directory* directory_;
  Clock* clock_;
  Random* random_;
  Log* log_;
  RemoteLogs remote_;
  std::unordered_map<std::string, std::string> streams_;  // by machine ARN
};

}  // namespace stepwell::states
