#include "engine/activation.h"
#include "engine/interpreter.h"

#include <fmt/format.h>

namespace stepwell::engine {
namespace {

// A cause may quote whole values; AWS cuts it here.
constexpr std::size_t most_cause_bytes = 32'768;

void shorten(std::string& text) {
  if (text.size() <= most_cause_bytes) return;
  std::size_t end = most_cause_bytes;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not inside a character
  text.resize(end);
}

}  // namespace

void frame(asl::Failure& failure, std::string_view state, EventId entered) {
  if (!std::exchange(failure.framed, false)) return;
  failure.cause = fmt::format("An error occurred while executing the state '{}' (entered at the event id #{}). {}",
                              state, entered, failure.cause.value_or(""));
  shorten(*failure.cause);
}

const asl::State* Interpreter::handle_failure(Scope& scope, const asl::State& state, asl::Failure failure) {
  const bool forked = scope.waiting == Waiting::children;
  const bool fork_failed = report(scope, state, failure) || forked;
  if (!running()) return nullptr;
  ScopeActivation activation(execution_, scope, world_, random_, now_);
  auto recovery = state.recover(activation, failure, scope.retries);
  if (!recovery) {
    report(scope, state, recovery.error());
    if (fork_failed) fail_fork(scope, state);
    fail_scope(scope, recovery.error());
    return nullptr;
  }
  if (const auto* later = std::get_if<asl::RetryLater>(&*recovery)) {
    emit(EventType::RetryScheduled, scope,
         {{FieldTag::retrier, later->retrier}, {FieldTag::due, (now_ + later->delay).time_since_epoch().count()}});
    return nullptr;
  }
  if (fork_failed) fail_fork(scope, state);
  if (const auto* caught = std::get_if<asl::Exit>(&*recovery))
    return running() ? leave(scope, state, *caught) : nullptr;
  fail_scope(scope, failure);
  return nullptr;
}

// Frames a failure of the state machine itself, and tells of the expression that failed. True where that was before the
// state's work was done.
bool Interpreter::report(Scope& scope, const asl::State& state, asl::Failure& failure) {
  if (!failure.framed) return false;
  frame(failure, state.name(), scope.entered_event);
  if (!failure.is(asl::errors::query_evaluation_error)) return false;
  // What fails on the way in points at what came before the state, as if that had not been entered yet.
  const Event* last = decision_.events.empty() ? nullptr : &decision_.events.back();
  const bool entering =
      last != nullptr && last->id == scope.entered_event && last->scope == scope.id && !failure.at_work;
  Fields fields{{FieldTag::error, asl::errors::query_evaluation_error}, {FieldTag::cause, keep(*failure.cause)}};
  if (!failure.location.empty()) fields.emplace_back(FieldTag::location, keep(failure.location));
  fields.emplace_back(FieldTag::state, std::string_view(state.name()));
  emit(EventType::EvaluationFailed, scope.id, entering ? last->previous : scope.last_event, fields);
  return !failure.at_work;
}

// A fork that is given up (not retried) says so; what follows points at that.
void Interpreter::fail_fork(Scope& scope, const asl::State& state) {
  if (state.type() == asl::StateType::Map) emit(EventType::MapStateFailed, scope, {});
  if (state.type() == asl::StateType::Parallel) emit(EventType::ParallelStateFailed, scope, {});
}

void Interpreter::fail_scope(Scope& scope, const asl::Failure& failure) {
  if (!running()) return;
  if (scope.kind == ScopeKind::top) {
    Fields fields;
    const bool missed_heartbeat = failure.is(asl::errors::heartbeat_timeout);
    if (missed_heartbeat) fields.emplace_back(FieldTag::error, asl::errors::timeout);
    if (failure.error && !missed_heartbeat) fields.emplace_back(FieldTag::error, keep(*failure.error));
    if (failure.cause) fields.emplace_back(FieldTag::cause, keep(*failure.cause));
    end_execution(EventType::ExecutionFailed, scope.last_event, fields);
    return;
  }
  Scope& parent = *execution_.find(scope.parent);
  const asl::State& state = execution_.state_of(parent);
  const EventId failing = scope.last_event;
  EventId chain = failing;
  if (scope.kind == ScopeKind::iteration) {
    chain = emit(EventType::MapIterationFailed, scope,
                 {{FieldTag::name, std::string_view(state.name())}, {FieldTag::index, scope.index}});
  }
  if (tolerates(parent.fork, parent.fork.failed + 1)) {
    emit(EventType::ScopeClosed, scope.id, chain, {{FieldTag::closed_well, 0}});
    if (running()) child_done(parent, failing);
    return;
  }
  // The task that failed is told to be aborted, as those beside it are.
  if (execution_.state_of(scope).type() == asl::StateType::Task) {
    emit(EventType::TaskStateAborted, scope.id, failing, {});
  }
  emit(EventType::ScopeClosed, scope.id, failing, {{FieldTag::closed_well, 0}});
  abort_children(parent.id, failing);
  if (!running()) return;
  if (const asl::State* next = handle_failure(parent, state, failure)) {
    execution_.ready.push_back({.scope = parent.id, .kind = Work::Kind::enter, .state = next});
  }
}

bool Interpreter::tolerates(const ForkWait& fork, std::uint32_t failures) const {
  return failures <= fork.tolerated_failures &&
         std::uint64_t{failures} * 100'000 <= std::uint64_t{fork.tolerated_percentage_millis} * fork.count;
}

}  // namespace stepwell::engine
