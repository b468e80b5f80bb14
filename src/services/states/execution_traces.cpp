#include "services/states/execution_traces.h"

#include "crypto/hash.h"
#include "services/states/trace_header.h"

#include <fmt/format.h>

namespace stepwell::states {
namespace {

using engine::Event;
using engine::EventType;
using engine::Execution;
using engine::FieldTag;

constexpr std::size_t max_open = 50'000;  // executions
constexpr std::size_t max_events = 200;   // of one span

// SplitMix64.
std::uint64_t mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15U;
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31U);
}

// Of the span that this event begins; 0 is the execution's own.
std::string span_id(const Execution& execution, engine::EventId event) {
  const std::uint64_t of_execution = mix(execution.id.serial ^ mix(execution.id.shard));
  return fmt::format("{:016x}", mix(of_execution ^ event) | 1U);
}

std::string trace_id(const Execution& execution) {
  return crypto::to_hex(crypto::digest(crypto::Digest::sha256, execution.arn()).substr(0, 16));
}

std::string_view type_name(EventType entered) {
  std::string_view name = engine::info(entered).name;
  return name.substr(0, name.find("State"));
}

bool is_entry(EventType type) { return engine::info(type).name.ends_with("StateEntered"); }
bool is_exit(EventType type) { return engine::info(type).name.ends_with("StateExited"); }

// The literal under which an event of the history, or of the engine's own, appears in a span; empty: not at all.
std::string_view event_name(EventType type) {
  using enum EventType;
  switch (type) {
    case WaitStarted: return "wait";
    case RetryScheduled: return "retry";
    case ActivityFailed:
    case ActivityScheduleFailed:
    case ActivityScheduled:
    case ActivityStarted:
    case ActivitySucceeded:
    case ActivityTimedOut:
    case EvaluationFailed:
    case LambdaFunctionFailed:
    case LambdaFunctionScheduleFailed:
    case LambdaFunctionScheduled:
    case LambdaFunctionStartFailed:
    case LambdaFunctionStarted:
    case LambdaFunctionSucceeded:
    case LambdaFunctionTimedOut:
    case MapStateFailed:
    case ParallelStateFailed:
    case TaskFailed:
    case TaskScheduled:
    case TaskStartFailed:
    case TaskStarted:
    case TaskSubmitFailed:
    case TaskSubmitted:
    case TaskSucceeded:
    case TaskTimedOut: return engine::info(type).name;
    default: return {};
  }
}

trace::Event span_event(const Event& event) {
  trace::Event made{.name = event_name(event.type), .at = event.at, .attributes = {}};
  if (const std::string_view resource = event.text(FieldTag::resource); !resource.empty()) {
    const std::string_view type = event.text(FieldTag::resource_type);
    made.attributes.push_back(
        {"resource", type.empty() ? std::string(resource) : fmt::format("{}:{}", type, resource)});
  }
  if (const std::string_view error = event.text(FieldTag::error); !error.empty())
    made.attributes.push_back({"error", std::string(error)});
  if (const engine::Field* due = event.find(FieldTag::due);
      due != nullptr && (event.type == EventType::WaitStarted || event.type == EventType::RetryScheduled)) {
    made.attributes.push_back({"until", format_rfc3339(Timestamp{Duration{due->number()}})});
  }
  return made;
}

}  // namespace

void ExecutionTraces::decided(const Execution& execution, std::span<const Event> events) {
  if (events.empty()) return;
  OpenExecution& traced = open(execution, events.front());
  for (const Event& event : events) apply(traced, execution, event);
  if (execution.status != engine::Status::running) open_.erase(execution.id);
}

ExecutionTraces::OpenExecution& ExecutionTraces::open(const Execution& execution, const Event& first) {
  if (const auto found = open_.find(execution.id); found != open_.end()) return found->second;
  // One that waits is taken up again when something happens in it.
  if (open_.size() >= max_open) open_.erase(open_.begin());
  OpenExecution& made = open_[execution.id];
  const auto header = TraceHeader::parse(execution.trace_header);
  made.sampled = !header || header->sampled;
  made.root.trace = header ? header->trace : trace_id(execution);
  made.root.parent = header ? header->parent : std::string();
  // Each run of an execution that is redriven is a span of its own.
  const bool again = first.type == EventType::ExecutionRedriven;
  made.root.id = span_id(execution, again ? first.id : 0);
  made.root.name = execution.revision->machine_name;
  made.root.start = again ? first.at : execution.started;
  made.root.attributes = {{"aws.stepfunctions.execution.arn", execution.arn()},
                          {"aws.stepfunctions.state_machine.arn", execution.revision->machine_arn}};
  made.scopes[engine::top_scope].parent = made.root.id;
  if (first.type != EventType::ExecutionStarted) take_up(made, execution, first.id);
  return made;
}

// What began before this process did.
void ExecutionTraces::take_up(OpenExecution& open, const Execution& execution, engine::EventId before) const {
  for (const auto& [id, scope] : execution.scopes) {
    OpenScope& made = open.scopes[id];
    made.parent = open.root.id;
    if (scope->kind != engine::ScopeKind::top) {
      const auto parent = execution.scopes.find(scope->parent);
      if (parent != execution.scopes.end()) made.parent = span_id(execution, parent->second->entered_event);
      made.index = scope->index;
    }
    if (scope->entered_event == 0 || (before != 0 && scope->entered_event >= before)) continue;
    const asl::State& state = execution.state_of(*scope);
    made.state = trace::Span{.trace = open.root.trace,
                             .id = span_id(execution, scope->entered_event),
                             .parent = made.parent,
                             .name = std::string(state.name()),
                             .start = scope->entered_at};
  }
}

void ExecutionTraces::apply(OpenExecution& open, const Execution& execution, const Event& event) {
  using enum EventType;
  if (is_entry(event.type)) return enter(open, execution, event);
  if (is_exit(event.type)) return exit(open, execution, event);
  switch (event.type) {
    case ScopeOpened: {
      if (event.scope == engine::top_scope) return;
      const auto parent = open.scopes.find(static_cast<engine::ScopeId>(event.number(FieldTag::parent)));
      const bool known = parent != open.scopes.end() && parent->second.state;
      open.scopes[event.scope] = {.parent = known ? parent->second.state->id : open.root.id,
                                  .index = event.number(FieldTag::child),
                                  .state = {}};
      return;
    }
    case ScopeClosed:
      close(open, event.scope, event.at, event.number(FieldTag::closed_well) == 0, {});
      open.scopes.erase(event.scope);
      return;
    case ExecutionSucceeded:
    case ExecutionFailed:
    case ExecutionAborted:
    case ExecutionTimedOut: return end(open, execution, event);
    default: break;
  }
  const auto scope = open.scopes.find(event.scope);
  if (scope == open.scopes.end() || !scope->second.state || event_name(event.type).empty()) return;
  std::vector<trace::Event>& events = scope->second.state->events;
  if (events.size() < max_events) events.push_back(span_event(event));
}

void ExecutionTraces::enter(OpenExecution& open, const Execution& execution, const Event& event) const {
  OpenScope& scope = open.scopes[event.scope];
  scope.state = trace::Span{.trace = open.root.trace,
                            .id = span_id(execution, event.id),
                            .parent = scope.parent.empty() ? open.root.id : scope.parent,
                            .name = std::string(event.text(FieldTag::name)),
                            .start = event.at,
                            .end = {},
                            .attributes = {{"aws.stepfunctions.state.type", std::string(type_name(event.type))}}};
  if (scope.index) scope.state->attributes.push_back({"aws.stepfunctions.index", std::to_string(*scope.index)});
}

void ExecutionTraces::exit(OpenExecution& open, const Execution& execution, const Event& event) {
  OpenScope& scope = open.scopes[event.scope];
  if (!scope.state) {
    // Entered before this process began, and left at once: when it was entered is not known here.
    scope.state = trace::Span{.trace = open.root.trace,
                              .id = span_id(execution, event.id),
                              .parent = scope.parent.empty() ? open.root.id : scope.parent,
                              .name = std::string(event.text(FieldTag::name)),
                              .start = event.at};
  }
  close(open, event.scope, event.at, false, {});
}

void ExecutionTraces::close(OpenExecution& open, engine::ScopeId id, Timestamp at, bool failed,
                            std::string_view error) {
  const auto scope = open.scopes.find(id);
  if (scope == open.scopes.end() || !scope->second.state) return;
  trace::Span span = std::move(*scope->second.state);
  scope->second.state.reset();
  span.end = at;
  span.failed = failed;
  span.error = error;
  if (open.sampled) sink_.add(std::move(span));
}

void ExecutionTraces::end(OpenExecution& open, const Execution& execution, const Event& event) {
  const bool failed = event.type != EventType::ExecutionSucceeded;
  const bool aborted = event.type == EventType::ExecutionAborted;
  const std::string_view error = execution.error ? std::string_view(*execution.error) : aborted ? "Aborted" : "";
  const Timestamp at = execution.stopped.value_or(event.at);
  for (const auto& [id, scope] : open.scopes) close(open, id, at, failed, error);
  open.root.end = at;
  open.root.failed = failed;
  open.root.error = error;
  open.root.attributes.push_back(
      {"aws.stepfunctions.execution.status", std::string(engine::name_of(execution.status))});
  if (open.sampled) sink_.add(std::move(open.root));
}

}  // namespace stepwell::states
