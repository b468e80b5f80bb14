#include "services/ecs/life.h"

#include <algorithm>
#include <utility>

namespace stepwell::ecs {
namespace {

constexpr std::string_view essential_exited = "Essential container in task exited";

}  // namespace

Life::Life(const LifePorts& ports, TaskRecord task, std::function<void()> on_end)
    : ports_(ports), task_(std::move(task)), on_end_(std::move(on_end)) {
  for (PlannedContainer& plan : planned_containers(task_)) parts_.push_back({.plan = std::move(plan)});
  parts_.resize(task_.containers.size());
}

// What it begins may change the record before it returns: then it is looked at once more.
void Life::go_on() {
  again_ = true;
  if (std::exchange(going_on_, true)) return;
  while (std::exchange(again_, false)) advance();
  going_on_ = false;
}

void Life::advance() {
  if (task_.status == Status::provisioning && task_.desired == Status::running) {
    task_.status = Status::pending;
    task_.pull_started = ports_.clock.now();
    changed();
  }
  for (std::size_t at = 0; at < parts_.size(); ++at) advance(at);
  const auto is_at_least = [this](Status status) {
    return std::ranges::all_of(task_.containers, [=](const Container& one) { return one.status >= status; });
  };
  if (task_.status == Status::pending && task_.desired == Status::running && is_at_least(Status::running)) {
    task_.status = Status::running;
    task_.pull_stopped = task_.started = ports_.clock.now();
    changed();
  }
  if (is_at_least(Status::stopped) && !std::exchange(finishing_, true)) set_off(finish());
}

void Life::advance(std::size_t at) {
  Container& container = task_.containers[at];
  Part& part = parts_[at];
  const bool stops = task_.desired == Status::stopped;
  if (container.status == Status::pending && !part.begun && stops) {
    container.status = Status::stopped;
    changed();
  } else if (container.status == Status::pending && !part.begun && can_never_start(at)) {
    not_started(at, "DependencyError: a container that this one depends on did not exit successfully");
  } else if (!part.begun && (container.status == Status::running || may_start(at))) {
    part.begun = true;
    set_off(run(at));
  }
  if (container.status == Status::running && stops && !std::exchange(part.stopping, true)) set_off(stop_container(at));
}

bool Life::may_start(std::size_t at) const {
  using Until = PlannedContainer::Dependency::Until;
  if (task_.containers[at].status != Status::pending || task_.desired == Status::stopped) return false;
  return std::ranges::all_of(parts_[at].plan.dependencies, [this](const PlannedContainer::Dependency& dependency) {
    const Container& other = task_.containers[dependency.on];
    if (dependency.until == Until::started) return other.status >= Status::running;
    return other.status == Status::stopped && (dependency.until == Until::ended || other.exit_code == 0);
  });
}

bool Life::can_never_start(std::size_t at) const {
  using Until = PlannedContainer::Dependency::Until;
  return std::ranges::any_of(parts_[at].plan.dependencies, [this](const PlannedContainer::Dependency& dependency) {
    const Container& other = task_.containers[dependency.on];
    return dependency.until == Until::succeeded && other.status == Status::stopped && other.exit_code != 0;
  });
}

void Life::stopping(std::string_view code, std::string reason) {
  if (task_.desired == Status::stopped) return;
  task_.desired = Status::stopped;
  task_.stop_code = code;
  task_.stopped_reason = std::move(reason);
  task_.stopping = ports_.clock.now();
  changed();
}

void Life::not_started(std::size_t at, std::string reason) {
  task_.containers[at].status = Status::stopped;
  task_.containers[at].reason = reason;
  changed();
  stopping("TaskFailedToStart", std::move(reason));
}

void Life::container_ended(std::size_t at, const Result<containers::End>& end) {
  Container& container = task_.containers[at];
  container.status = Status::stopped;
  if (end) container.exit_code = end->exit_code;
  if (end && end->out_of_memory) container.reason = "OutOfMemoryError: Container killed due to memory usage";
  if (!end) container.reason = end.error().message;
  changed();
  if (parts_[at].plan.essential) stopping("EssentialContainerExited", std::string(essential_exited));
}

// The engine forgets the containers when their ends are durable; what it knows no more is in the record then.
Task<void> Life::finish() {
  if (task_.status != Status::deprovisioning) {
    task_.status = Status::deprovisioning;
    task_.execution_stopped = ports_.clock.now();
    changed();
  }
  co_await surely_durable();
  for (std::size_t at = 0; at < parts_.size(); ++at) co_await remove_container(at);
  task_.status = task_.desired = Status::stopped;
  task_.stopped = ports_.clock.now();
  changed();
  co_await surely_durable();
  over_ = true;
  for (const Pending<Nothing>& waiter : std::exchange(awaiting_end_, {})) waiter.set({});
  on_end_();
}

Task<Result<void>> Life::stop(std::string reason) {
  const auto self = shared_from_this();
  stopping("UserInitiated", reason.empty() ? std::string("Task stopped by user") : std::move(reason));
  go_on();
  co_return co_await durable();
}

Task<Result<void>> Life::tag(std::string tags) {
  const auto self = shared_from_this();
  task_.tags = std::move(tags);
  co_return co_await durable();
}

Task<void> Life::ended() {
  if (over_) co_return;
  const Pending<Nothing> waiter;
  awaiting_end_.push_back(waiter);
  co_await waiter;
}

}  // namespace stepwell::ecs
