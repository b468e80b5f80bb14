#pragma once
// How many containers run at once: a place is taken by the name of a container, once, until that has ended.

#include "base/task.h"

#include <cstddef>
#include <deque>
#include <string>
#include <unordered_set>
#include <utility>
#include <variant>

namespace stepwell::containers {

class Places {
 public:
  explicit Places(std::size_t count) : count_(count) {}

  // Returns when there is room, in order.
  Task<void> take(std::string name) {
    if (taken_.contains(name)) co_return;
    if (taken_.size() >= count_) {
      const Pending<std::monostate> turn;
      waiting_.emplace_back(name, turn);
      co_await turn;
    } else {
      taken_.insert(std::move(name));
    }
  }
  // For one that runs already, whether there is room or not.
  void count(const std::string& name) { taken_.insert(name); }
  void give(const std::string& name) {
    if (taken_.erase(name) == 0) return;
    while (!waiting_.empty() && taken_.size() < count_) {
      const auto [next, turn] = std::move(waiting_.front());
      waiting_.pop_front();
      taken_.insert(next);
      turn.set({});
    }
  }

 private:
  std::size_t count_;
  std::unordered_set<std::string> taken_;
  std::deque<std::pair<std::string, Pending<std::monostate>>> waiting_;
};

}  // namespace stepwell::containers
