#pragma once
// The tasks that are not STOPPED. Only these are in memory; there are at most so many.

#include "services/ecs/life.h"
#include "services/ecs/show.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace stepwell::ecs {

class Lives {
 public:
  static constexpr std::size_t most = 1'000;

  explicit Lives(const LifePorts& ports) : ports_(ports) {}

  // Those of the store go on.
  Result<void> take_up();
  bool has_room_for(std::size_t count) const { return lives_.size() + count <= most; }
  // One whose record is durable.
  void begin(TaskRecord task);
  // nullptr: it is STOPPED, or never was.
  std::shared_ptr<Life> find(std::string_view id) const;
  bool has_any_in(const ClusterPlace& cluster) const;
  Counts counts(const ClusterPlace& cluster) const;

  const LifePorts& ports() const { return ports_; }

 private:
  const LifePorts ports_;
  std::unordered_map<std::string, std::shared_ptr<Life>> lives_;
};

}  // namespace stepwell::ecs
