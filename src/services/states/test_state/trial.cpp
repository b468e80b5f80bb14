#include "services/states/test_state/trial.h"

#include "engine/interpreter.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/states/test_state/bounded.h"
#include "wire/errors.h"

#include <algorithm>

namespace stepwell::states {
namespace {

using asl::StateType;

// The event by which an execution enters the state that it begins with.
constexpr engine::EventId entered_event = 2;

asl::Failure timed_out() {
  return {.error = std::string(asl::errors::timeout), .cause = {}, .framed = false, .location = {}};
}

bool fits(const json::Value& payload) {
  std::string text;
  return json::print_within(text, payload, max_observed_bytes);
}

class Run {
 public:
  Run(States& states, wire::Call& call, const Trial& trial, TestActivation& activation, const Observation& observation)
      : states_(states),
        call_(call),
        trial_(trial),
        state_(*trial.subject.state),
        activation_(activation),
        observation_(observation),
        deadline_(states.clock.now() + longest_trial) {}

  Task<Result<Verdict>> run() {
    auto step = begin();
    while (step && !std::holds_alternative<asl::Exit>(*step)) {
      const auto answer = co_await work(*step);
      if (ended_) co_return std::move(*ended_);
      step = answer ? state_.resume(activation_, *answer) : std::unexpected(answer.error());
    }
    if (step) co_return leave({.exit = std::get<asl::Exit>(*step)});
    co_return fail_with(std::move(step).error());
  }

 private:
  using Answered = asl::Evaluated<asl::Answer>;

  // The branches of a Parallel are not begun, and nothing is made for them: there is a mock in their place.
  asl::Evaluated<asl::Step> begin() {
    if (trial_.subject.is(StateType::Parallel)) return asl::Fork{};
    return state_.enter(activation_);
  }

  Task<Answered> work(asl::Step step) {
    if (const auto* pause = std::get_if<asl::Sleep>(&step)) co_return co_await wait_until(pause->until);
    if (const auto* fork = std::get_if<asl::Fork>(&step)) co_return join(*fork);
    const auto& task = std::get<asl::CallTask>(step);
    if (!fits(task.arguments)) co_return std::unexpected(engine::parameters_too_large(subject_name));
    if (!trial_.mock) co_return co_await call_task(task);
    if (trial_.mock->failure) co_return std::unexpected(*trial_.mock->failure);
    co_return asl::TaskResult{*trial_.mock->result};
  }

  Task<Answered> wait_until(Timestamp until) {
    const Timestamp now = states_.clock.now();
    if (until > now) co_await sleep(states_.scheduler, std::min(until, deadline_) - now, call_.gone);
    if (until > deadline_) out_of_time();
    co_return asl::TimerElapsed{};
  }

  Task<Answered> call_task(asl::CallTask task) {
    const Duration left = deadline_ - states_.clock.now();
    const Duration limit = std::min(left, limit_of(task));
    wire::Caller caller = call_.caller;
    caller.access_key.clear();
    caller.principal.reset();
    caller.request_id = make_uuid(states_.random);
    const auto outcome = co_await call_within(states_, effect_of(task), std::move(caller), limit, call_.gone);
    if (!outcome) {
      if (limit == left) out_of_time();
      co_return std::unexpected(timed_out());
    }
    if (!*outcome) {
      const TaskFailure& failure = outcome->error();
      co_return std::unexpected(
          asl::Failure{.error = failure.error, .cause = failure.cause, .framed = false, .location = {}});
    }
    const asl::Resource& resource = *task.resource;
    const bool integration = resource.kind == asl::Resource::Kind::integration;
    const auto result = json::parse_copy(call_.arena, **outcome);
    if (!result || !fits(*result)) {
      co_return std::unexpected(engine::result_too_large(integration ? resource.service : resource.arn));
    }
    co_return asl::TaskResult{*result};
  }

  // A heartbeat cannot come: there is no token.
  static Duration limit_of(const asl::CallTask& task) {
    Duration limit = longest_trial;
    for (const auto& seconds : {task.timeout_seconds, task.heartbeat_seconds}) {
      if (seconds && *seconds < longest_trial / std::chrono::seconds(1)) {
        limit = std::min<Duration>(limit, std::chrono::seconds(*seconds));
      }
    }
    return limit;
  }

  // The attempt is one that no execution has.
  engine::RunTask effect_of(const asl::CallTask& task) {
    engine::RunTask effect;
    effect.task = {.execution = {.shard = 0, .serial = states_.random.next()}, .scope = 0, .scheduled = entered_event};
    effect.idempotency_key = fmt::format("{}/{}", trial_.execution_arn, entered_event);
    effect.execution_arn = trial_.execution_arn;
    effect.execution_name = trial_.execution_arn.substr(trial_.execution_arn.rfind(':') + 1);
    effect.state_name = state_.name();
    effect.resource = task.resource;
    auto revision = std::make_shared<engine::Revision>();
    revision->role_arn = call_.text("roleArn");
    effect.revision = std::move(revision);
    effect.arguments = json::print(task.arguments);
    effect.role_arn = task.role_arn ? std::string(*task.role_arn) : std::string();
    return effect;
  }

  Answered join(const asl::Fork& fork) {
    if (trial_.subject.is(StateType::Map)) TRY(iterate(fork));
    if (trial_.mock->failure) return std::unexpected(*trial_.mock->failure);
    const json::Value& result = *trial_.mock->result;
    if (result.is_array()) return asl::ChildrenDone{result.elements()};
    return asl::TaskResult{result};
  }

  // What a Map does with its items and its failures.
  asl::Evaluated<void> iterate(const asl::Fork& fork) {
    // Without an ItemSelector nothing is seen of the first; more than can be shown is not made.
    for (std::uint32_t i = 0; i < fork.count && observation_.selected() == i; ++i) {
      TRY(state_.child_input(activation_, i));
    }
    const std::uint32_t failed = trial_.failed_iterations.value_or(0);
    const bool items_are_known = !trial_.read || trial_.read->items;
    if (items_are_known && failed > fork.count) {
      ended_ = fail(wire::validation_exception(
          "Map iteration failure count must be less than or equal to the number of Map iterations"));
      return {};
    }
    if (trial_.mock->failure || !exceeds_tolerance(fork, failed)) return {};
    return std::unexpected(asl::Failure{.error = std::string(asl::errors::exceed_tolerated_failure_threshold),
                                        .cause = "The specified tolerated failure threshold was exceeded",
                                        .framed = false,
                                        .location = {}});
  }

  // Where a Map says nothing of failures, none is too much here.
  bool exceeds_tolerance(const asl::Fork& fork, std::uint32_t failed) const {
    if (observation_.at(asl::Stage::tolerated_failure_count) != nullptr && failed > fork.tolerated_failures)
      return true;
    return observation_.at(asl::Stage::tolerated_failure_percentage) != nullptr &&
           failed * 100.0 > fork.tolerated_failure_percentage * fork.count;
  }

  // Nobody takes that: the test is over.
  void out_of_time() { ended_ = Verdict{.kind = Verdict::Kind::failed, .exit = {}, .failure = timed_out()}; }

  Verdict fail_with(asl::Failure failure) {
    engine::frame(failure, subject_name, entered_event);
    const std::vector<std::uint32_t> retries(state_.retriers(), trial_.retries);
    auto recovery = state_.recover(activation_, failure, retries);
    if (!recovery) {
      engine::frame(recovery.error(), subject_name, entered_event);
      return {.kind = Verdict::Kind::failed, .exit = {}, .failure = std::move(recovery).error()};
    }
    if (const auto* later = std::get_if<asl::RetryLater>(&*recovery)) {
      return {.kind = Verdict::Kind::retriable, .exit = {}, .failure = std::move(failure), .backoff = later->delay};
    }
    if (const auto* caught = std::get_if<asl::Exit>(&*recovery)) {
      return leave({.kind = Verdict::Kind::caught_error, .exit = *caught, .failure = std::move(failure)});
    }
    return {.kind = Verdict::Kind::failed, .exit = {}, .failure = std::move(failure)};
  }

  static Verdict leave(Verdict verdict) {
    const auto is_payload = [](const asl::Assignment& assignment) { return fits(assignment.value); };
    if (fits(verdict.exit.output) && std::ranges::all_of(verdict.exit.assigned, is_payload)) return verdict;
    return {.kind = Verdict::Kind::failed, .exit = {}, .failure = engine::result_too_large(subject_name)};
  }

  States& states_;
  wire::Call& call_;
  const Trial& trial_;
  const asl::State& state_;
  TestActivation& activation_;
  const Observation& observation_;
  Timestamp deadline_;
  std::optional<Result<Verdict>> ended_;  // whatever Retry and Catch say
};

}  // namespace

Task<Result<Verdict>> try_state(States& states, wire::Call& call, const Trial& trial, TestActivation& activation,
                                const Observation& observation) {
  Run run(states, call, trial, activation, observation);
  co_return co_await run.run();
}

}  // namespace stepwell::states
