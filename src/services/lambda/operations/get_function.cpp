#include "lang/json/parse.h"
#include "services/lambda/operations/support.h"

namespace stepwell::lambda {

// Without a Location of the code: there is no store of objects here that a link could lead to.
Task<Result<wire::Reply>> get_function(Lambda& lambda, wire::Call& call) {
  CO_TRY_ASSIGN(const NamedFunction named, find_function(lambda, call));
  json::Arena& arena = call.arena;
  json::ObjectBuilder output(arena);
  output.add("Configuration", show_function(arena, *named.function, named.reference.qualified_arn()).build());
  output.add("Code", json::ObjectBuilder(arena).add("RepositoryType", "S3").build());
  const auto tags = json::parse_copy(arena, named.function->tags);
  if (tags && tags->size() > 0) output.add("Tags", *tags);
  co_return reply_with(output.build());
}

}  // namespace stepwell::lambda
