#include "lang/json/build.h"
#include "lang/json/print.h"
#include "services/ecs/life.h"
#include "services/ecs/show.h"

#include <utility>

#include <fmt/format.h>

namespace stepwell::ecs {
namespace {

constexpr std::string_view bus = "events";
constexpr std::string_view source = "aws.ecs";
constexpr Duration between_tries = std::chrono::seconds(1);
constexpr Duration before_flush{250};  // lines are gathered so long
constexpr Duration remembered = std::chrono::hours(1);

json::Value entry_of(json::Arena& arena, const TaskRecord& task, Timestamp now) {
  const json::Value resource = json::make_string(arena, task.place.arn());
  json::ObjectBuilder detail(arena);
  for (const json::Member& member : show(arena, task, Dates::rfc3339).members()) detail.add(member.key, member.value);
  detail.add("updatedAt", format_rfc3339(now));
  return json::ObjectBuilder(arena)
      .add("Time", wire::epoch_seconds(arena, now.time_since_epoch().count()))
      .add("Source", source)
      .add("Resources", json::make_array(arena, {&resource, 1}))
      .add("DetailType", "ECS Task State Change")
      .add("Detail", json::print(detail.build()))
      .build();
}

// Whether a bus of this program wants to know; one elsewhere has no business with what happens here.
bool is_awaited(const LifePorts& ports, const TaskRecord& task) {
  const directory::Service* const service = ports.directory.find(bus);
  const wire::Caller caller{.account = task.place.cluster.home.account, .region = task.place.cluster.home.region};
  return service != nullptr && service->awaits_events(caller, source);
}

void tell(const LifePorts& ports, const TaskRecord& task, store::Batch& batch) {
  wire::Call call;
  call.caller.account = task.place.cluster.home.account;
  call.caller.region = task.place.cluster.home.region;
  const json::Value entry = entry_of(call.arena, task, ports.clock.now());
  call.input = json::ObjectBuilder(call.arena).add("Entries", json::make_array(call.arena, {&entry, 1})).build();
  const auto folded = ports.directory.fold(bus, "PutEvents", call, batch);
  if (folded || folded.error().code == directory::not_foldable) return;
  ports.log.warning(
      fmt::format("A status of task {} is not told to EventBridge: {}", task.place.id, folded.error().message));
}

void put(const TaskRecord& task, store::Batch& batch) {
  Book::put(task, batch);
  if (!task.stopped) return;
  const std::string key = task_key(task.place.cluster.home, task.place.id);
  batch.put(store::Table::ecs_expiry, expiry_key(*task.stopped + remembered, Forgotten::task, key), {});
}

}  // namespace

void write_task(const LifePorts& ports, const TaskRecord& task, store::Batch& batch) {
  put(task, batch);
  if (is_awaited(ports, task)) tell(ports, task, batch);
}

void Life::changed() {
  ++task_.version;
  again_ = true;
  if (is_awaited(ports_, task_)) told_.push_back(task_);
  save();
}

void Life::save() {
  dirty_ = true;
  if (!std::exchange(saving_, true)) set_off(write());
}

void Life::save_soon() {
  if (flush_ != nullptr) return;
  flush_ = ports_.scheduler.after(before_flush, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->flush_.reset();
    self->save();
  });
}

bool Life::has_lines() const {
  return std::ranges::any_of(parts_, [](const Part& part) { return !part.log.empty(); });
}

// Round after round.
Task<void> Life::write() {
  while (dirty_ || (has_lines() && flush_ == nullptr)) {
    store::Batch batch;
    std::vector<ContainerLog::Piece> pieces;
    for (std::size_t at = 0; at < parts_.size(); ++at) {
      pieces.push_back(parts_[at].log.take());
      task_.containers[at].lines += pieces[at].read;
      co_await put_lines(at, pieces[at], batch);
    }
    // All that has changed up to here.
    dirty_ = false;
    auto told = std::exchange(told_, {});
    const auto awaiting = std::exchange(awaiting_commit_, {});
    put(task_, batch);
    for (const TaskRecord& task : told) tell(ports_, task, batch);
    const auto committed = co_await ports_.book.commit(std::move(batch));
    if (!committed) {
      for (std::size_t at = 0; at < parts_.size(); ++at) {
        task_.containers[at].lines -= pieces[at].read;
        parts_[at].log.put_back(std::move(pieces[at]));
      }
      told_.insert(told_.begin(), std::make_move_iterator(told.begin()), std::make_move_iterator(told.end()));
      dirty_ = true;
    }
    for (const auto& waiter : awaiting) waiter.set(committed);
    if (committed) continue;
    ports_.log.warning(fmt::format("Task {} has to wait for the store: {}", task_.place.id, committed.error().message));
    const Pending<Nothing> over;
    const auto timer = ports_.scheduler.after(between_tries, [over] { over.set({}); });
    co_await over;
  }
  saving_ = false;
}

// In the commit of `batch`; where logs are kept elsewhere, they are sent there before it.
Task<void> Life::put_lines(std::size_t at, const ContainerLog::Piece& piece, store::Batch& batch) {
  if (piece.lines.empty()) co_return;
  const PlannedContainer::LogTarget& target = *parts_[at].plan.log;
  wire::Call call;
  std::vector<json::Value> events;
  for (const ContainerLog::Line& line : piece.lines) {
    events.push_back(json::ObjectBuilder(call.arena)
                         .add("timestamp", static_cast<std::int64_t>(line.at.time_since_epoch().count()))
                         .add("message", line.text)
                         .build());
  }
  call.input = json::ObjectBuilder(call.arena)
                   .add("logGroupName", target.group)
                   .add("logStreamName", target.stream)
                   .add("logEvents", json::make_array(call.arena, events))
                   .build();
  auto caller = log_caller(target);
  auto put = caller ? Result<wire::Reply>() : fail(caller.error());
  if (caller) {
    call.caller = *std::move(caller);
    put = co_await ports_.directory.call("logs", "PutLogEvents", call, &batch);
  }
  if (put) co_return;
  ports_.log.warning(fmt::format("{} lines of task {} are not in {}: {}", piece.lines.size(), task_.place.id,
                                 target.group, put.error().message));
}

Task<Result<void>> Life::durable() {
  const Pending<Result<void>> committed;
  awaiting_commit_.push_back(committed);
  save();
  co_return co_await committed;
}

// However often the store refuses.
Task<void> Life::surely_durable() {
  while (!co_await durable()) {
  }
}

}  // namespace stepwell::ecs
