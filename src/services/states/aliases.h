#pragma once
// Aliases of state machines: names for one or two of their versions. Changes are made while Machines::changes() is
// held, as those of the versions they name.

#include "base/error.h"
#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/states/machine_records.h"
#include "store/store.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::states {

class Aliases {
 public:
  Aliases(store::Store& store, Scheduler& scheduler) : store_(&store), scheduler_(&scheduler) {}

  Result<std::optional<AliasRecord>> find(std::string_view machine_arn, std::string_view name) const;
  // In the order of their names, those after `after` (empty: from the beginning). `version` (0: any) is one that they
  // must name.
  Result<std::vector<AliasRecord>> list(std::string_view machine_arn, VersionNumber version, std::string_view after,
                                        std::size_t limit) const;
  Task<Result<void>> save(std::string machine_arn, AliasRecord record);
  Task<Result<void>> remove(std::string machine_arn, std::string name);

 private:
  store::Store* store_;
  Scheduler* scheduler_;
};

// The version that an execution runs which is started by the alias: by chance, each as often as its weight says.
VersionNumber choose(const AliasRecord& alias, Random& random);

}  // namespace stepwell::states
