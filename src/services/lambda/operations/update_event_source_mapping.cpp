#include "services/lambda/event_sources/mappings.h"
#include "services/lambda/operations/mapping_support.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> update_event_source_mapping(Lambda& lambda, wire::Call& call) {
  const auto lock = co_await lambda.mappings.changes().lock();
  CO_TRY_ASSIGN(Mapping mapping, find_mapping(lambda, call));
  if (call.has("FunctionName")) {
    CO_TRY_ASSIGN(const NamedFunction named, find_function(lambda, call));
    CO_TRY(co_await check_source(lambda, call.caller, mapping.source_arn, named.function));
    mapping.function_arn = named.reference.qualified_arn();
  }
  CO_TRY(apply_mapping_settings(call, mapping));
  mapping.modified = lambda.clock.now();
  CO_TRY(co_await lambda.mappings.save(mapping));
  co_return reply_with_mapping(lambda, call, mapping, "Updating");
}

}  // namespace stepwell::lambda
