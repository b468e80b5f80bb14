#include "services/ecs/operations/support.h"

namespace stepwell::ecs {

Task<Result<wire::Reply>> deregister_task_definition(Ecs& ecs, wire::Call& call) {
  const auto lock = co_await ecs.book.changes().lock();
  const auto place = definition_place(home_of(call), call.text("taskDefinition"));
  if (place && place->revision == 0) co_return fail(errors::client("Invalid revision number. Number: null"));
  CO_TRY_ASSIGN(Definition definition, find_definition(ecs, call, "The specified task definition does not exist."));
  if (definition.status == DefinitionStatus::active) {
    definition.status = DefinitionStatus::inactive;
    definition.deregistered = ecs.clock.now();
    store::Batch batch;
    Book::put(definition, batch);
    CO_TRY(co_await ecs.book.commit(std::move(batch)));
  }
  co_return reply_with(call, "taskDefinition", show(call.arena, definition));
}

}  // namespace stepwell::ecs
