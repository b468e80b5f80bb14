#pragma once
// The life of a task, from RunTask to STOPPED. Its record says how far it is; whatever can be done next is begun
// (`go_on`), now and again after a restart, and each thing may be begun twice: a container is started by its name once,
// its end can be asked for as often as one likes, and one that is gone is removed.
//
//   PROVISIONING  written with the answer of RunTask
//   PENDING       containers are being started, each when those that it depends on are as far as it wants
//   RUNNING       all have been started
//   DEPROVISIONING  all have ended: they are removed from the engine
//   STOPPED       the last commit of the task
//
// Every change is one commit of the record, of the event that tells EventBridge and of the lines that containers have
// written since: each of these is there once, whatever crashes when.
//
// Files: life.cpp (what follows from what), life_containers.cpp (containers), life_commits.cpp (what is written).

#include "base/containers.h"
#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/directory/directory.h"
#include "services/ecs/book.h"
#include "services/ecs/container_log.h"
#include "services/ecs/plan.h"
#include "services/ecs/task_role.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace stepwell::ecs {

struct LifePorts {
  Scheduler& scheduler;
  Clock& clock;
  Log& log;
  directory::Directory& directory;
  containers::Containers& containers;
  Book& book;
  std::function<Surroundings()> surroundings;
};

// The record as part of the commit of `batch`, with an event that tells how it is.
void write_task(const LifePorts& ports, const TaskRecord& task, store::Batch& batch);

class Life : public std::enable_shared_from_this<Life> {
 public:
  // `on_end` is called when it is over.
  Life(const LifePorts& ports, TaskRecord task, std::function<void()> on_end);

  const TaskRecord& task() const { return task_; }
  // Goes on where the record stands.
  void begin() { go_on(); }
  // Returns when that it is to be stopped is durable.
  Task<Result<void>> stop(std::string reason);
  // Returns when it has these tags (JSON array), and that is durable.
  Task<Result<void>> tag(std::string tags);
  // Returns when it is STOPPED, and that is durable.
  Task<void> ended();

 private:
  using Nothing = std::monostate;
  // A container at work.
  struct Part {
    PlannedContainer plan;
    bool begun = false;     // it is being started or waited for
    bool stopping = false;  // the engine has been told
    ContainerLog log;
    Pending<Nothing> log_ended;
  };

  void go_on();
  void advance();
  void advance(std::size_t at);
  bool may_start(std::size_t at) const;
  bool can_never_start(std::size_t at) const;
  void stopping(std::string_view code, std::string reason);
  Task<void> finish();

  Task<void> run(std::size_t at);
  Task<Result<void>> start_container(std::size_t at);
  Task<Result<void>> prepare_log(const PlannedContainer::LogTarget& target);
  Task<void> follow(std::size_t at);
  Task<Result<containers::End>> wait(std::size_t at);
  Task<void> lines_written(std::size_t at);
  Task<void> stop_container(std::size_t at);
  Task<void> remove_container(std::size_t at);
  void not_started(std::size_t at, std::string reason);
  void container_ended(std::size_t at, const Result<containers::End>& end);

  void changed();
  void save();
  void save_soon();
  Task<void> write();
  Task<Result<void>> durable();
  Task<void> surely_durable();
  bool has_lines() const;
  Task<void> put_lines(std::size_t at, const ContainerLog::Piece& piece, store::Batch& batch);
  Result<wire::Caller> log_caller(const PlannedContainer::LogTarget& target) const;

  template <typename T>
  void set_off(Task<T> task);

  const LifePorts ports_;
  TaskRecord task_;
  std::vector<Part> parts_;
  std::function<void()> on_end_;
  bool finishing_ = false;
  bool going_on_ = false;
  bool again_ = false;  // something has changed meanwhile
  bool over_ = false;
  std::vector<Pending<Nothing>> awaiting_end_;

  bool dirty_ = false;
  bool saving_ = false;
  std::vector<TaskRecord> told_;  // changes that EventBridge is to be told of, as the record was then
  std::vector<Pending<Result<void>>> awaiting_commit_;
  std::unique_ptr<Timer> flush_;
};

template <typename T>
void Life::set_off(Task<T> task) {
  stepwell::start(std::move(task), [self = shared_from_this()](const std::exception_ptr& failure) {
    if (failure) self->ports_.log.error("A task of ECS has met an exception; it goes on after a restart.");
  });
}

}  // namespace stepwell::ecs
