#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> send_task_failure(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const engine::TaskRef task, states.tokens.read_task_token(call.text("taskToken")));
  const auto text = [&call](std::string_view member) {
    const auto given = call.optional_text(member);
    return given ? std::optional<std::string>(*given) : std::nullopt;
  };
  Pending<Result<void>> done;
  states.engine->shard(task.execution).fail_task(task, text("error"), text("cause"), [done](Result<void> result) {
    done.set(std::move(result));
  });
  CO_TRY(co_await done);
  co_return reply(json::ObjectBuilder(call.arena).build());
}

}  // namespace stepwell::states
