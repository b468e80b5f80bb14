#include "services/ecs/operations/support.h"

namespace stepwell::ecs {
namespace {

// Why a definition is not deleted; empty: it may be.
std::string_view refusal(const std::optional<Definition>& definition) {
  if (!definition) return "The specified task definition does not exist.";
  if (definition->status == DefinitionStatus::active) {
    return "The specified task definition is still in ACTIVE status. Please deregister the target and try again.";
  }
  return {};
}

}  // namespace

Task<Result<wire::Reply>> delete_task_definitions(Ecs& ecs, wire::Call& call) {
  const auto lock = co_await ecs.book.changes().lock();
  std::vector<json::Value> deleted, failures;
  store::Batch batch;
  for (const json::Value& text : json::elements_of(call.input, "taskDefinitions")) {
    const auto place = definition_place(home_of(call), text.as_string());
    std::optional<Definition> definition;
    if (place && place->revision > 0) {
      CO_TRY_ASSIGN(definition, ecs.book.find_definition(*place));
    }
    if (const std::string_view reason = refusal(definition); !reason.empty()) {
      failures.push_back(failure(call.arena, text.as_string(), reason));
      continue;
    }
    definition->status = DefinitionStatus::deleted;
    Book::put(*definition, batch);
    deleted.push_back(show(call.arena, *definition));
  }
  if (!batch.empty()) CO_TRY(co_await ecs.book.commit(std::move(batch)));
  co_return reply_with(json::ObjectBuilder(call.arena)
                           .add("taskDefinitions", json::make_array(call.arena, deleted))
                           .add("failures", json::make_array(call.arena, failures))
                           .build());
}

}  // namespace stepwell::ecs
