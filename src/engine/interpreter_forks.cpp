#include "base/check.h"
#include "engine/activation.h"
#include "engine/interpreter.h"

namespace stepwell::engine {
namespace {

bool is_map(const asl::State& state) { return state.type() == asl::StateType::Map; }

// The event that tells that a waiting scope was given up for a failure elsewhere; nullopt: none is shown.
std::optional<EventType> aborted_event(const asl::State& state) {
  using enum asl::StateType;
  switch (state.type()) {
    case Task: return EventType::TaskStateAborted;
    case Wait: return EventType::WaitStateAborted;
    case Map: return EventType::MapStateAborted;
    case Parallel: return EventType::ParallelStateAborted;
    default: return std::nullopt;
  }
}

// What the children of a fork have come to, printed. An Express execution may have lost some of it.
std::size_t output_bytes(Execution& execution, const Scope& parent) {
  if (execution.is_express()) return parent.fork.output_bytes;
  std::size_t bytes = 0;
  for (const Payload* output : parent.outputs) {
    if (output != nullptr) bytes += output->text(execution.arena).size();
  }
  return bytes;
}

}  // namespace

void Interpreter::fork(Scope& scope, const asl::State& state, const asl::Fork& fork) {
  const std::uint32_t ceiling = is_map(state) ? limits_.max_inline_concurrency : fork.count;
  const std::uint32_t concurrency = fork.concurrency == 0 ? ceiling : std::min(fork.concurrency, ceiling);
  const EventId started =
      begin_fork(scope, state,
                 {.count = fork.count,
                  .concurrency = concurrency,
                  .tolerated_failures = fork.tolerated_failures,
                  .tolerated_percentage_millis = static_cast<std::uint32_t>(fork.tolerated_failure_percentage * 1000)});
  if (!running()) return;
  if (fork.count == 0) {
    execution_.ready.push_back({.scope = scope.id, .kind = Work::Kind::join, .state = nullptr});
    return;
  }
  open_children(scope, state, started);
}

EventId Interpreter::begin_fork(Scope& scope, const asl::State& state, const ForkWait& fork) {
  return emit(is_map(state) ? EventType::MapStateStarted : EventType::ParallelStateStarted, scope,
              {{FieldTag::length, fork.count},
               {FieldTag::concurrency, fork.concurrency},
               {FieldTag::tolerated_failures, fork.tolerated_failures},
               {FieldTag::tolerated_percentage, fork.tolerated_percentage_millis}});
}

// Opens as many children as may run: all of them are open before the first one does a step, as on AWS.
void Interpreter::open_children(Scope& parent, const asl::State& state, EventId previous) {
  ScopeActivation activation(execution_, parent, world_, random_, now_);
  std::ptrdiff_t opened = 0;
  while (running() && may_open_child(parent)) {
    const std::optional<Work> work = open_child(parent, state, previous, activation);
    if (!work) break;
    // An Express execution ends what it has begun before it begins more, so that little is open at a time; what waits
    // for the outside holds up nobody.
    execution_.ready.insert(execution_.is_express() ? execution_.ready.begin() + opened++ : execution_.ready.end(),
                            *work);
  }
  count(activation);
}

// Every fork goes on with one child at least.
bool Interpreter::may_open_child(const Scope& parent) const {
  const ForkWait& fork = parent.fork;
  if (fork.started == fork.count || fork.running >= fork.concurrency) return false;
  const bool is_crowded = execution_.is_express() && execution_.scopes.size() > limits_.max_express_scopes;
  return fork.running == 0 || !is_crowded;
}

// What the child begins with; nullopt where the fork is given up.
std::optional<Work> Interpreter::open_child(Scope& parent, const asl::State& state, EventId previous,
                                            ScopeActivation& activation) {
  const std::uint32_t index = parent.fork.started;
  const auto value = state.child_input(activation, index);
  if (!value) {
    give_up_fork(parent, state, value.error());
    return std::nullopt;
  }
  const Payload* input = payload_of(parent, *value);
  if (input != parent.data && !fits(*input)) {
    give_up_fork(parent, state, parameters_too_large(state.name()));
    return std::nullopt;
  }
  const asl::State& first = state.child_block(index)->start();
  const ScopeId id = execution_.next_scope;
  const ScopeKind kind = is_map(state) ? ScopeKind::iteration : ScopeKind::branch;
  emit(EventType::ScopeOpened, id, previous,
       {{FieldTag::parent, parent.id},
        {FieldTag::scope_kind, static_cast<int>(kind)},
        {FieldTag::child, index},
        {FieldTag::state_index, first.index()},
        {FieldTag::input, input}});
  if (kind == ScopeKind::iteration && running()) {
    emit(EventType::MapIterationStarted, id, previous,
         {{FieldTag::name, std::string_view(state.name())}, {FieldTag::index, index}});
  }
  return Work{.scope = id, .kind = Work::Kind::enter, .state = &first};
}

// A child that cannot be opened is the failure of the whole state.
void Interpreter::give_up_fork(Scope& parent, const asl::State& state, const asl::Failure& failure) {
  abort_children(parent.id, parent.last_event);
  if (!running()) return;
  if (const asl::State* next = handle_failure(parent, state, failure)) {
    execution_.ready.push_back({.scope = parent.id, .kind = Work::Kind::enter, .state = next});
  }
}

void Interpreter::child_done(Scope& parent, EventId freed_by) {
  const ForkWait& fork = parent.fork;
  if (fork.started < fork.count) return open_children(parent, execution_.state_of(parent), freed_by);
  if (fork.running > 0) return;
  const Work work{.scope = parent.id, .kind = Work::Kind::join, .state = nullptr};
  execution_.ready.insert(execution_.is_express() ? execution_.ready.begin() : execution_.ready.end(), work);
}

void Interpreter::join(Scope& parent) {
  const asl::State& state = execution_.state_of(parent);
  if (output_bytes(execution_, parent) > limits_.max_payload_bytes) {
    return give_up_fork(parent, state, result_too_large(state.name()));
  }
  emit(is_map(state) ? EventType::MapStateSucceeded : EventType::ParallelStateSucceeded, parent, {});
  if (!running()) return;
  const auto outputs = execution_.arena.make_array<json::Value>(parent.outputs.size());
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const Payload* output = parent.outputs[i];
    new (&outputs[i]) json::Value(output ? output->value(execution_.arena) : json::Value{});
  }
  resume(parent, asl::ChildrenDone{outputs});
}

// A scope that was about to enter a state is told to be: a redrive goes on there.
void Interpreter::close_aborted(const Scope& scope, EventId because) {
  const auto enters_it = [&scope](const Work& work) {
    return work.scope == scope.id && work.kind == Work::Kind::enter;
  };
  const auto next =
      scope.waiting == Waiting::nothing ? std::ranges::find_if(execution_.ready, enters_it) : execution_.ready.end();
  if (next == execution_.ready.end()) {
    emit(EventType::ScopeClosed, scope.id, because, {{FieldTag::closed_well, 0}});
  } else {
    emit(EventType::ScopeClosed, scope.id, because,
         {{FieldTag::closed_well, 0}, {FieldTag::state_index, next->state->index()}});
  }
}

void Interpreter::abort_children(ScopeId parent, EventId because) {
  std::vector<ScopeId> children;
  for (const auto& [id, scope] : execution_.scopes) {
    if (scope->parent == parent && id != top_scope) children.push_back(id);
  }
  std::ranges::sort(children);
  for (const ScopeId id : children) {
    abort_children(id, because);
    const Scope& scope = *execution_.find(id);
    cancel_task(scope);
    const asl::State& state = execution_.state_of(scope);
    const auto aborted = scope.waiting == Waiting::nothing ? std::nullopt : aborted_event(state);
    if (aborted) emit(*aborted, id, because, {});
    if (scope.kind == ScopeKind::iteration) {
      const std::string_view name = execution_.state_of(*execution_.find(parent)).name();
      emit(EventType::MapIterationAborted, id, because, {{FieldTag::name, name}, {FieldTag::index, scope.index}});
    }
    close_aborted(scope, because);
    if (history_full_) return;
  }
}

}  // namespace stepwell::engine
