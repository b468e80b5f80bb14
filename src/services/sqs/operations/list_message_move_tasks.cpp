#include "services/sqs/operations/support.h"

namespace stepwell::sqs {
namespace {

constexpr std::int64_t most_tasks = 10;

std::string_view status_name(MoveTask::Status status) {
  switch (status) {
    case MoveTask::Status::running: return "RUNNING";
    case MoveTask::Status::completed: return "COMPLETED";
    case MoveTask::Status::cancelling: return "CANCELLING";
    case MoveTask::Status::cancelled: return "CANCELLED";
    case MoveTask::Status::failed: return "FAILED";
  }
  return {};
}

json::Value show(json::Arena& arena, const MoveTask& task) {
  json::ObjectBuilder shown(arena);
  shown.add("ApproximateNumberOfMessagesMoved", static_cast<std::int64_t>(task.moved));
  shown.add("ApproximateNumberOfMessagesToMove", static_cast<std::int64_t>(task.to_move));
  if (!task.destination.empty()) shown.add("DestinationArn", task.destination);
  if (!task.failure.empty()) shown.add("FailureReason", task.failure);
  if (task.per_second > 0) shown.add("MaxNumberOfMessagesPerSecond", static_cast<std::int64_t>(task.per_second));
  shown.add("SourceArn", task.source);
  shown.add("StartedTimestamp", task.started.time_since_epoch().count());
  shown.add("Status", status_name(task.status));
  if (task.status == MoveTask::Status::running) {
    shown.add("TaskHandle", task_handle({.source = task.source, .id = task.id}));
  }
  return shown.build();
}

}  // namespace

Task<Result<wire::Reply>> list_message_move_tasks(Sqs& sqs, wire::Call& call) {
  CO_TRY_ASSIGN(const auto source, find_queue_by_arn(sqs, call, "SourceArn"));
  const std::int64_t most = call.integer("MaxResults").value_or(1);
  if (most < 1 || most > most_tasks) {
    co_return fail(errors::invalid_value(fmt::to_string(most), "MaxResults", "Must be between 1 and 10, if provided."));
  }
  CO_TRY_ASSIGN(const auto tasks, sqs.moves->list(source->record().arn));
  std::vector<json::Value> shown;
  for (const MoveTask& task : std::span(tasks).first(std::min(tasks.size(), static_cast<std::size_t>(most)))) {
    shown.push_back(show(call.arena, task));
  }
  co_return reply_with(json::ObjectBuilder(call.arena).add("Results", json::make_array(call.arena, shown)).build());
}

}  // namespace stepwell::sqs
