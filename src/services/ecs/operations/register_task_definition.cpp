#include "services/ecs/definition_rules.h"
#include "services/ecs/operations/support.h"

namespace stepwell::ecs {
namespace {

// As RegisterTaskDefinition names who has called it.
std::string registered_by(const wire::Caller& caller) {
  return caller.principal == nullptr ? "arn:aws:iam::" + caller.account + ":root" : caller.principal->arn;
}

}  // namespace

Task<Result<wire::Reply>> register_task_definition(Ecs& ecs, wire::Call& call) {
  CO_TRY_ASSIGN(const json::Value document, read_definition(call.arena, call.input));
  const auto lock = co_await ecs.book.changes().lock();
  Definition definition{.place = {.home = home_of(call), .family = std::string(call.text("family"))},
                        .document = json::print(document),
                        .tags = json::print(json::make_array(call.arena, json::elements_of(call.input, "tags"))),
                        .registered_by = registered_by(call.caller),
                        .registered = ecs.clock.now()};
  CO_TRY_ASSIGN(const std::uint32_t last, ecs.book.last_revision(definition.place));
  definition.place.revision = last + 1;
  store::Batch batch;
  Book::put(definition, batch);
  CO_TRY(co_await ecs.book.commit(std::move(batch)));
  co_return reply_with(json::ObjectBuilder(call.arena)
                           .add("taskDefinition", show(call.arena, definition))
                           .add("tags", read_tags(call.arena, definition.tags))
                           .build());
}

}  // namespace stepwell::ecs
