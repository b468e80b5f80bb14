#include "services/ecs/lives.h"

namespace stepwell::ecs {

Result<void> Lives::take_up() {
  std::vector<TaskRecord> tasks;
  TRY(ports_.book.visit_all_tasks([&](TaskRecord task) {
    if (task.status != Status::stopped) tasks.push_back(std::move(task));
  }));
  for (TaskRecord& task : tasks) begin(std::move(task));
  return {};
}

void Lives::begin(TaskRecord task) {
  const std::string id = task.place.id;
  const auto life = std::make_shared<Life>(ports_, std::move(task), [this, id] { lives_.erase(id); });
  lives_.emplace(id, life);
  life->begin();
}

std::shared_ptr<Life> Lives::find(std::string_view id) const {
  const auto found = lives_.find(std::string(id));
  return found == lives_.end() ? nullptr : found->second;
}

bool Lives::has_any_in(const ClusterPlace& cluster) const {
  return std::ranges::any_of(lives_, [&](const auto& entry) { return entry.second->task().place.cluster == cluster; });
}

Counts Lives::counts(const ClusterPlace& cluster) const {
  Counts counts;
  for (const auto& [id, life] : lives_) {
    if (life->task().place.cluster != cluster) continue;
    const Status status = life->task().status;
    counts.running += status == Status::running ? 1 : 0;
    counts.pending += status == Status::provisioning || status == Status::pending ? 1 : 0;
  }
  return counts;
}

}  // namespace stepwell::ecs
