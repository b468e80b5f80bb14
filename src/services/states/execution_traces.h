#pragma once
// One trace an execution, one span a state, made from the events that executions write; tasks, waits and retries are
// events of their state's span. An execution that was started with a trace header goes on in that trace. Ids follow
// from the execution and the event, so that spans from before and after a restart fit together.

#include "base/trace.h"
#include "engine/observer.h"

#include <string>
#include <unordered_map>

namespace stepwell::states {

class ExecutionTraces final : public engine::Observer {
 public:
  explicit ExecutionTraces(trace::Sink& sink) : sink_(sink) {}
  void decided(const engine::Execution& execution, std::span<const engine::Event> events) override;

 private:
  struct OpenScope {
    std::string parent;  // span that its states are part of
    std::optional<std::int64_t> index;
    std::optional<trace::Span> state;  // under way
  };
  struct OpenExecution {
    trace::Span root;
    std::unordered_map<engine::ScopeId, OpenScope> scopes;
    bool sampled = true;
  };

  OpenExecution& open(const engine::Execution& execution, const engine::Event& first);
  void take_up(OpenExecution& open, const engine::Execution& execution, engine::EventId before) const;
  void apply(OpenExecution& open, const engine::Execution& execution, const engine::Event& event);
  void enter(OpenExecution& open, const engine::Execution& execution, const engine::Event& event) const;
  void exit(OpenExecution& open, const engine::Execution& execution, const engine::Event& event);
  void close(OpenExecution& open, engine::ScopeId scope, Timestamp at, bool failed, std::string_view error);
  void end(OpenExecution& open, const engine::Execution& execution, const engine::Event& event);

  trace::Sink& sink_;
  std::unordered_map<engine::ExecutionId, OpenExecution> open_;
};

}  // namespace stepwell::states
