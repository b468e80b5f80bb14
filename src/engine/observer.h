#pragma once
// Told of what executions do, for those who count and trace it. It changes nothing.

#include "engine/event.h"
#include "engine/execution.h"

#include <span>

namespace stepwell::engine {

class Observer {
 public:
  virtual ~Observer() = default;
  // The events of one decision, in order and already applied; they live as long as the call. A decision is told when it
  // is made: in the rare case that its commit fails, what is decided anew is told again.
  virtual void decided(const Execution& execution, std::span<const Event> events) = 0;
  // What a Standard execution decided can be read from the store now. It must be quick.
  virtual void kept(ExecutionId) {}
};

}  // namespace stepwell::engine
