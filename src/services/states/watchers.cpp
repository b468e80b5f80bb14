#include "services/states/watchers.h"

#include <algorithm>

namespace stepwell::states {

Watchers::Watch::Watch(Watchers& watchers, engine::ExecutionId id, std::function<void()> told)
    : watchers_(&watchers), id_(id), told_(std::move(told)) {
  watchers.watches_.emplace(id, this);
}

Watchers::Watch::~Watch() {
  const auto [first, last] = watchers_->watches_.equal_range(id_);
  watchers_->watches_.erase(std::find_if(first, last, [this](const auto& entry) { return entry.second == this; }));
}

void Watchers::went_on(engine::ExecutionId id) {
  if (watches_.empty()) return;
  const auto [first, last] = watches_.equal_range(id);
  for (auto each = first; each != last; ++each) each->second->told_();
}

void Watchers::drain() {
  draining_ = true;
  for (const auto& [id, watch] : watches_) watch->told_();
}

}  // namespace stepwell::states
