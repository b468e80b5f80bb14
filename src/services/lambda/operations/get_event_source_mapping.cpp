#include "services/lambda/operations/mapping_support.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> get_event_source_mapping(Lambda& lambda, wire::Call& call) {
  CO_TRY_ASSIGN(const Mapping mapping, find_mapping(lambda, call));
  co_return reply_with_mapping(lambda, call, mapping, state_of(mapping));
}

}  // namespace stepwell::lambda
