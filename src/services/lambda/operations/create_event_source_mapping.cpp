#include "lang/json/print.h"
#include "services/lambda/event_sources/mappings.h"
#include "services/lambda/operations/mapping_support.h"
#include "wire/arn.h"

namespace stepwell::lambda {
namespace {

Result<void> check_source_arn(std::string_view arn) {
  if (arn.empty()) return fail(errors::invalid_parameter("EventSourceArn must be specified."));
  const auto parsed = wire::Arn::parse(arn);
  if (!parsed || parsed->service != "sqs") return fail(errors::not_implemented("An event source beside Amazon SQS"));
  return {};
}

Result<void> check_unique(const Lambda& lambda, const Mapping& mapping) {
  for (const auto& [id, known] : lambda.mappings.all()) {
    const Mapping& other = known.mapping;
    if (other.source_arn != mapping.source_arn || other.function_arn != mapping.function_arn) continue;
    return fail(errors::make(
        "ResourceConflictException",
        fmt::format("An event source mapping with SQS arn (\" {} \") and function (\" {} \") already exists. Please "
                    "update or delete the existing mapping with UUID {}",
                    mapping.source_arn, mapping.function_arn, id)));
  }
  return {};
}

}  // namespace

Task<Result<wire::Reply>> create_event_source_mapping(Lambda& lambda, wire::Call& call) {
  CO_TRY(check_source_arn(call.text("EventSourceArn")));
  CO_TRY_ASSIGN(const NamedFunction named, find_function(lambda, call));
  Mapping mapping;
  mapping.id = make_uuid(lambda.random);
  mapping.arn =
      fmt::format("arn:aws:lambda:{}:{}:event-source-mapping:{}", call.caller.region, call.caller.account, mapping.id);
  mapping.function_arn = named.reference.qualified_arn();
  mapping.source_arn = call.text("EventSourceArn");
  CO_TRY(apply_mapping_settings(call, mapping));
  if (const json::Value* tags = call.member("Tags")) mapping.tags = json::print(*tags);
  mapping.modified = lambda.clock.now();
  CO_TRY(co_await check_source(lambda, call.caller, mapping.source_arn, named.function));
  const auto lock = co_await lambda.mappings.changes().lock();
  CO_TRY(check_unique(lambda, mapping));
  CO_TRY(co_await lambda.mappings.save(mapping));
  co_return reply_with_mapping(lambda, call, mapping, "Creating");
}

}  // namespace stepwell::lambda
