#include "services/sqs/move_tasks.h"

#include "services/sqs/errors.h"
#include "store/codec.h"
#include "store/commit.h"

#include <algorithm>

namespace stepwell::sqs {
namespace {

using store::Table;
using Status = MoveTask::Status;

constexpr std::size_t most_at_once = 100;
constexpr std::size_t most_kept = 10;  // of one source, as on AWS

}  // namespace

Result<void> MoveTasks::take_up() {
  const auto cursor = ports_.store.scan(Table::message_move, {}, {}, store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    auto task = decode_move(cursor->key(), cursor->value());
    if (!task) return fail(errors::unreadable("a message move task"));
    const bool is_over = task->status != Status::running && task->status != Status::cancelling;
    if (!is_over) run_later(std::move(task->source), std::move(task->id));
  }
  return cursor->status();
}

Task<Result<void>> MoveTasks::begin(MoveTask task) {
  CO_TRY(co_await forget_oldest(task.source));
  std::string source = task.source;
  std::string id = task.id;
  CO_TRY(co_await save(std::move(task)));
  run_later(std::move(source), std::move(id));
  co_return Result<void>();
}

Task<Result<MoveTask>> MoveTasks::cancel(MoveTask task) {
  task.status = Status::cancelling;
  CO_TRY(co_await save(task));
  co_return task;
}

Result<std::vector<MoveTask>> MoveTasks::list(std::string_view source) const {
  const std::string prefix = store::KeyWriter().text(source).take();
  const auto cursor =
      ports_.store.scan(Table::message_move, prefix, store::prefix_end(prefix), store::Direction::forward);
  std::vector<MoveTask> tasks;
  for (; cursor->valid(); cursor->next()) {
    auto task = decode_move(cursor->key(), cursor->value());
    if (!task) return fail(errors::unreadable("a message move task"));
    tasks.push_back(std::move(*task));
  }
  TRY(cursor->status());
  std::ranges::sort(tasks, std::greater<>{}, &MoveTask::started);
  return tasks;
}

Result<std::optional<MoveTask>> MoveTasks::find(std::string_view source, std::string_view id) const {
  const std::string key = move_key(source, id);
  TRY_ASSIGN(const auto value, ports_.store.get(Table::message_move, key));
  if (!value) return std::nullopt;
  auto task = decode_move(key, *value);
  if (!task) return fail(errors::unreadable("a message move task"));
  return task;
}

Task<Result<void>> MoveTasks::save(MoveTask task) {
  store::Batch batch;
  batch.put(Table::message_move, move_key(task.source, task.id), encode(task));
  co_return co_await store::commit(ports_.store, ports_.scheduler, std::move(batch));
}

Task<Result<void>> MoveTasks::forget_oldest(std::string source) {
  CO_TRY_ASSIGN(const auto tasks, list(source));
  if (tasks.size() < most_kept) co_return Result<void>();
  store::Batch batch;
  for (std::size_t i = most_kept - 1; i < tasks.size(); ++i) {
    batch.erase(Table::message_move, move_key(source, tasks[i].id));
  }
  co_return co_await store::commit(ports_.store, ports_.scheduler, std::move(batch));
}

void MoveTasks::run_later(std::string source, std::string id) {
  ports_.scheduler.post([weak = weak_from_this(), source = std::move(source), id = std::move(id)]() mutable {
    const auto self = weak.lock();
    if (self == nullptr || self->closed_) return;
    start(run(self, std::move(source), std::move(id)), [&log = self->ports_.log](std::exception_ptr failure) {
      if (failure) log.error("A message move task ended with an exception; it goes on after a restart.");
    });
  });
}

Task<void> MoveTasks::run(std::shared_ptr<MoveTasks> self, std::string source, std::string id) {
  while (!self->closed_) {
    auto read = self->find(source, id);
    if (!read || !*read) co_return;
    MoveTask task = std::move(**read);
    const auto goes_on = co_await self->run_piece(task);
    if (self->closed_) co_return;
    if (!goes_on) {
      task.status = Status::failed;
      task.failure = goes_on.error().code;
    }
    // It may have been told to stop meanwhile.
    const auto current = self->find(source, id);
    const bool is_told = current && *current && (*current)->status == Status::cancelling;
    if (is_told && task.status == Status::running) task.status = Status::cancelling;
    if (const auto saved = co_await self->save(task); !saved) {
      self->ports_.log.error(fmt::format("The message move task of {} stops: {}", source, saved.error().message));
      co_return;
    }
    if (!goes_on || !*goes_on) co_return;
    co_await self->wait(task.per_second == 0 ? Duration::zero() : Duration{1'000});
  }
}

// False: the task is over.
Task<Result<bool>> MoveTasks::run_piece(MoveTask& task) {
  if (task.status == Status::cancelling) {
    task.status = Status::cancelled;
    co_return false;
  }
  CO_TRY_ASSIGN(const auto source, queues_.find(task.source));
  if (source == nullptr) co_return fail(errors::no_such_queue());
  std::shared_ptr<Queue> destination;
  if (!task.destination.empty()) {
    CO_TRY_ASSIGN(destination, queues_.find(task.destination));
    if (destination == nullptr) co_return fail(errors::no_such_queue());
  }
  const std::size_t most = task.per_second == 0 ? most_at_once : task.per_second;
  CO_TRY_ASSIGN(const std::size_t moved, co_await source->move(destination, most));
  task.moved += moved;
  if (moved == 0) task.status = Status::completed;
  co_return moved > 0;
}

Task<void> MoveTasks::wait(Duration delay) {
  Pending<bool> over;
  const auto timer = ports_.scheduler.after(delay, [over] { over.set(true); });
  co_await over;
}

}  // namespace stepwell::sqs
