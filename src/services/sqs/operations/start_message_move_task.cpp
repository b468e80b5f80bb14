#include "services/sqs/operations/support.h"

namespace stepwell::sqs {
namespace {

using Status = MoveTask::Status;

constexpr std::int64_t most_per_second = 500;
constexpr std::size_t looked_at_once = 500;

// Messages come back from queues that dead letters go to.
Result<bool> takes_dead_letters(Sqs& sqs, const wire::Call& call, std::string_view arn) {
  const std::string prefix = queue_arn(call.caller.region, call.caller.account, "");
  for (std::string after;;) {
    TRY_ASSIGN(const auto queues, sqs.queues.list(prefix, after, looked_at_once));
    if (queues.empty()) return false;
    after = queues.back().arn;
    for (const QueueRecord& queue : queues) {
      const auto dead_letters = settings_of(queue.attributes).dead_letters;
      if (dead_letters && dead_letters->target == arn) return true;
    }
  }
}

Result<void> check_none_is_running(const Sqs& sqs, std::string_view source) {
  TRY_ASSIGN(const auto tasks, sqs.moves->list(source));
  const bool none = std::ranges::none_of(
      tasks, [](const MoveTask& task) { return task.status == Status::running || task.status == Status::cancelling; });
  if (none) return {};
  return fail(errors::invalid_parameter(
      "There is already a task running. Only one active task is allowed for a source queue arn at a given time."));
}

}  // namespace

Task<Result<wire::Reply>> start_message_move_task(Sqs& sqs, wire::Call& call) {
  const auto lock = co_await sqs.queues.changes().lock();
  CO_TRY_ASSIGN(const auto source, find_queue_by_arn(sqs, call, "SourceArn"));
  CO_TRY_ASSIGN(const bool is_source, takes_dead_letters(sqs, call, source->record().arn));
  if (!is_source) {
    co_return fail(errors::invalid_parameter("Source queue must be configured as a Dead Letter Queue."));
  }
  if (call.has("DestinationArn")) CO_TRY(find_queue_by_arn(sqs, call, "DestinationArn"));
  const std::int64_t per_second = call.integer("MaxNumberOfMessagesPerSecond").value_or(0);
  const bool fits = per_second >= (call.has("MaxNumberOfMessagesPerSecond") ? 1 : 0) && per_second <= most_per_second;
  if (!fits) {
    co_return fail(errors::invalid_value(fmt::to_string(per_second), "MaxNumberOfMessagesPerSecond",
                                         "Must be between 1 and 500, if provided."));
  }
  CO_TRY(check_none_is_running(sqs, source->record().arn));
  CO_TRY_ASSIGN(const Counts messages, co_await source->count());
  MoveTask task{.source = source->record().arn,
                .destination = std::string(call.text("DestinationArn")),
                .id = make_uuid(sqs.ports.random),
                .per_second = static_cast<std::uint32_t>(per_second),
                .to_move = messages.visible,
                .started = sqs.ports.clock.now()};
  const std::string handle = task_handle({.source = task.source, .id = task.id});
  CO_TRY(co_await sqs.moves->begin(std::move(task)));
  co_return reply_with(json::ObjectBuilder(call.arena).add("TaskHandle", handle).build());
}

}  // namespace stepwell::sqs
