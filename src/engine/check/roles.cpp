#include "engine/check/roles.h"

namespace stepwell::engine::check {

Role role_of(EventType type) {
  using enum EventType;
  switch (type) {
    case ExecutionStarted: return Role::begun;
    case ExecutionSucceeded:
    case ExecutionFailed:
    case ExecutionAborted:
    case ExecutionTimedOut: return Role::ended;
    case ExecutionRedriven: return Role::redriven;
    case ChoiceStateEntered:
    case FailStateEntered:
    case MapStateEntered:
    case ParallelStateEntered:
    case PassStateEntered:
    case SucceedStateEntered:
    case TaskStateEntered:
    case WaitStateEntered: return Role::entered;
    case ChoiceStateExited:
    case MapStateExited:
    case ParallelStateExited:
    case PassStateExited:
    case SucceedStateExited:
    case TaskStateExited:
    case WaitStateExited: return Role::exited;
    case ActivityScheduled:
    case LambdaFunctionScheduled:
    case TaskScheduled: return Role::scheduled;
    case ActivityStarted:
    case LambdaFunctionStarted:
    case TaskStarted: return Role::started;
    case TaskSubmitted: return Role::submitted;
    case ActivityFailed:
    case ActivityScheduleFailed:
    case ActivitySucceeded:
    case ActivityTimedOut:
    case LambdaFunctionFailed:
    case LambdaFunctionScheduleFailed:
    case LambdaFunctionStartFailed:
    case LambdaFunctionSucceeded:
    case LambdaFunctionTimedOut:
    case TaskFailed:
    case TaskStartFailed:
    case TaskSubmitFailed:
    case TaskSucceeded:
    case TaskTimedOut: return Role::answered;
    case MapStateStarted:
    case ParallelStateStarted: return Role::fork_started;
    case MapStateSucceeded:
    case ParallelStateSucceeded: return Role::fork_succeeded;
    case MapStateFailed:
    case ParallelStateFailed: return Role::fork_failed;
    case MapIterationStarted: return Role::iteration_started;
    case MapIterationSucceeded:
    case MapIterationFailed: return Role::iteration_ended;
    case MapIterationAborted: return Role::iteration_aborted;
    case MapStateAborted:
    case ParallelStateAborted:
    case TaskStateAborted:
    case WaitStateAborted: return Role::aborted;
    case EvaluationFailed: return Role::evaluation_failed;
    case ScopeOpened: return Role::opened;
    case ScopeRestored: return Role::restored;
    case ChildKept: return Role::child_kept;
    case ScopeClosed: return Role::closed;
    case WaitStarted: return Role::waiting;
    case RetryScheduled:
    case TurnEnded: return Role::retrying;
    case HeartbeatRecorded: return Role::heartbeat;
    default: return Role::other;
  }
}

}  // namespace stepwell::engine::check
