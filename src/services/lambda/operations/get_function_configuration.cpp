#include "services/lambda/operations/support.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> get_function_configuration(Lambda& lambda, wire::Call& call) {
  CO_TRY_ASSIGN(const NamedFunction named, find_function(lambda, call));
  co_return reply_with(show_function(call.arena, *named.function, named.reference.qualified_arn()).build());
}

}  // namespace stepwell::lambda
