#pragma once
// What the engine may ask of Step Functions' own tables while it decides.

#include "engine/storage_lost.h"
#include "engine/world.h"
#include "services/states/states.h"

namespace stepwell::states {

class World final : public engine::World {
 public:
  explicit World(States& states) : states_(&states) {}

  bool activity_exists(std::string_view arn) override {
    const auto found = states_->activities.find(arn);
    if (!found) throw engine::StorageLost(found.error());
    return found->has_value();
  }
  std::string task_token(const engine::TaskRef& task) override { return states_->tokens.task_token(task); }
  std::shared_ptr<const engine::Revision> revision(std::string_view machine_arn,
                                                   std::string_view revision_id) override {
    return states_->machines.revision(machine_arn, revision_id);
  }

 private:
  States* states_;
};

}  // namespace stepwell::states
