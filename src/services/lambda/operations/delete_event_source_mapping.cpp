#include "services/lambda/event_sources/mappings.h"
#include "services/lambda/operations/mapping_support.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> delete_event_source_mapping(Lambda& lambda, wire::Call& call) {
  const auto lock = co_await lambda.mappings.changes().lock();
  CO_TRY_ASSIGN(const Mapping mapping, find_mapping(lambda, call));
  CO_TRY(co_await lambda.mappings.remove(mapping.id));
  co_return reply_with_mapping(lambda, call, mapping, "Deleting");
}

}  // namespace stepwell::lambda
