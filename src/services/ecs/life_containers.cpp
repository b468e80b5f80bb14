#include "lang/json/build.h"
#include "services/ecs/life.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::ecs {
namespace {

constexpr int tries = 5;  // where the engine does not answer
constexpr Duration first_pause = std::chrono::seconds(1);
constexpr Duration longest_pause = std::chrono::seconds(30);
constexpr Duration longest_log = std::chrono::seconds(30);  // behind the end of its container

Task<void> pause(Scheduler& scheduler, Duration duration) {
  const Pending<std::monostate> over;
  const auto timer = scheduler.after(duration, [over] { over.set({}); });
  co_await over;
}

bool is_of_the_engine(const Error& error) {
  return error.code == "ContainersUnavailable" || error.code == "ContainerEngineFailed";
}

// As ECS begins its reasons.
std::string reason_of(const Error& error) {
  if (error.code == "ImageNotFound") return "CannotPullContainerError: " + error.message;
  if (error.code == "ContainerNotStarted") return "CannotStartContainerError: " + error.message;
  return "ResourceInitializationError: " + error.message;
}

}  // namespace

// From its start, or from the restart that has found it running, to its end.
Task<void> Life::run(std::size_t at) {
  if (task_.containers[at].status == Status::pending) {
    const auto started = co_await start_container(at);
    if (!started) {
      not_started(at, reason_of(started.error()));
      go_on();
      co_return;
    }
    task_.containers[at].status = Status::running;
    changed();
    go_on();
  }
  set_off(follow(at));
  const auto end = co_await wait(at);
  co_await lines_written(at);
  container_ended(at, end);
  go_on();
}

Task<Result<void>> Life::start_container(std::size_t at) {
  const PlannedContainer& plan = parts_[at].plan;
  if (plan.log) CO_TRY(co_await prepare_log(*plan.log));
  containers::Spec spec = plan.spec;
  CO_TRY_ASSIGN(Environment environment, environment_of(task_, ports_.surroundings()));
  std::erase_if(environment, [&](const auto& variable) {
    return std::ranges::find(spec.environment, variable.first, &Environment::value_type::first) !=
           spec.environment.end();
  });
  spec.environment.insert(spec.environment.begin(), environment.begin(), environment.end());
  Duration before_next = first_pause;
  for (int attempt = 1;; ++attempt, before_next *= 2) {
    auto started = co_await ports_.containers.start(spec);
    if (started || !is_of_the_engine(started.error()) || attempt == tries) co_return started;
    co_await pause(ports_.scheduler, before_next);
  }
}

Result<wire::Caller> Life::log_caller(const PlannedContainer::LogTarget& target) const {
  TRY_ASSIGN(auto principal, log_principal(task_, ports_.surroundings().access));
  return wire::Caller{
      .account = task_.place.cluster.home.account, .region = target.region, .principal = std::move(principal)};
}

Task<Result<void>> Life::prepare_log(const PlannedContainer::LogTarget& target) {
  CO_TRY_ASSIGN(const wire::Caller caller, log_caller(target));
  for (const std::string_view operation : {"CreateLogGroup", "CreateLogStream"}) {
    const bool is_group = operation == "CreateLogGroup";
    if (is_group && !target.create_group) continue;
    wire::Call call;
    call.caller = caller;
    json::ObjectBuilder input(call.arena);
    input.add("logGroupName", target.group);
    if (!is_group) input.add("logStreamName", target.stream);
    call.input = input.build();
    const auto made = co_await ports_.directory.call("logs", std::string(operation), call);
    if (made || made.error().code == "ResourceAlreadyExistsException") continue;
    co_return fail(Error{.code = "ResourceInitializationError",
                         .message = fmt::format("failed to validate logger args: {}: {}: {}", target.group,
                                                made.error().code, made.error().message)});
  }
  co_return Result<void>();
}

// What is in the log already is not written once more.
Task<void> Life::follow(std::size_t at) {
  if (parts_[at].plan.log) {
    const auto on_line = [this, at, left = task_.containers[at].lines](Timestamp time, std::string_view line) mutable {
      if (left > 0) {
        --left;
        return;
      }
      parts_[at].log.add(time, line);
      save_soon();
    };
    const auto followed = co_await ports_.containers.follow(parts_[at].plan.spec.name, Timestamp{}, on_line);
    if (!followed && followed.error().code != "ContainerNotFound") ports_.log.warning(followed.error().message);
  }
  if (!parts_[at].log_ended.is_set()) parts_[at].log_ended.set({});
}

Task<Result<containers::End>> Life::wait(std::size_t at) {
  for (Duration before_next = first_pause;; before_next = std::min(before_next * 2, longest_pause)) {
    auto end = co_await ports_.containers.wait(parts_[at].plan.spec.name);
    if (end || end.error().code == "ContainerNotFound") co_return end;
    ports_.log.warning(
        fmt::format("The end of a container of task {} cannot be told: {}", task_.place.id, end.error().message));
    co_await pause(ports_.scheduler, before_next);
  }
}

Task<void> Life::lines_written(std::size_t at) {
  Part& part = parts_[at];
  const auto timer = ports_.scheduler.after(longest_log, [ended = part.log_ended] {
    if (!ended.is_set()) ended.set({});
  });
  co_await part.log_ended;
  while (!part.log.empty()) co_await surely_durable();
}

Task<void> Life::stop_container(std::size_t at) {
  const PlannedContainer& plan = parts_[at].plan;
  for (Duration before_next = first_pause;; before_next = std::min(before_next * 2, longest_pause)) {
    const auto stopped = co_await ports_.containers.stop(plan.spec.name, plan.stop_timeout);
    if (stopped || task_.containers[at].status == Status::stopped) co_return;
    ports_.log.warning(
        fmt::format("A container of task {} cannot be stopped: {}", task_.place.id, stopped.error().message));
    co_await pause(ports_.scheduler, before_next);
  }
}

Task<void> Life::remove_container(std::size_t at) {
  const std::string& name = parts_[at].plan.spec.name;
  Duration before_next = first_pause;
  for (int attempt = 1; attempt <= tries; ++attempt, before_next *= 2) {
    const auto removed = co_await ports_.containers.remove(name);
    if (removed) co_return;
    ports_.log.warning(fmt::format("The container {} is not removed: {}", name, removed.error().message));
    if (attempt < tries) co_await pause(ports_.scheduler, before_next);
  }
}

}  // namespace stepwell::ecs
