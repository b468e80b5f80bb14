#include "engine/sim/time.h"

namespace stepwell::engine::sim {

struct VirtualTime::Handle final : Timer {
  explicit Handle(std::shared_ptr<Action> scheduled) : action(std::move(scheduled)) {}
  ~Handle() override { action->call = nullptr; }
  std::shared_ptr<Action> action;
};

void VirtualTime::schedule(Life life, Duration delay, std::move_only_function<void()> action) {
  actions_.emplace(std::pair(now_ + std::max(delay, Duration{0}), ++order_),
                   std::make_shared<Action>(life, std::move(action)));
}

std::unique_ptr<Timer> VirtualTime::schedule_timer(Life life, Duration delay, std::move_only_function<void()> action) {
  const auto scheduled = std::make_shared<Action>(life, std::move(action));
  actions_.emplace(std::pair(now_ + std::max(delay, Duration{0}), ++order_), scheduled);
  return std::make_unique<Handle>(scheduled);
}

void VirtualTime::end(Life life) {
  std::erase_if(actions_, [life](const auto& entry) { return entry.second->life == life; });
}

bool VirtualTime::step() {
  while (!actions_.empty()) {
    const auto first = actions_.begin();
    const auto action = first->second;
    now_ = std::max(now_, first->first.first);
    actions_.erase(first);
    if (!action->call) continue;  // cancelled
    std::exchange(action->call, nullptr)();
    return true;
  }
  return false;
}

}  // namespace stepwell::engine::sim
