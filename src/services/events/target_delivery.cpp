#include "services/events/target_delivery.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "services/deliveries/retries.h"
#include "services/events/api_request.h"
#include "services/events/errors.h"
#include "services/events/gateway_request.h"
#include "services/events/target_calls.h"
#include "wire/arn.h"

#include <array>

namespace stepwell::events {
namespace {

constexpr std::int64_t usual_attempts = 185;
constexpr std::int64_t usual_age = 86'400;  // seconds

std::int64_t integer_of(const json::Value& object, std::string_view name, std::int64_t otherwise) {
  const json::Value* value = object.find(name);
  return value != nullptr && value->is_number() ? value->as_integer().value_or(otherwise) : otherwise;
}

deliveries::Retries retries_of(const json::Value& document) {
  const json::Value policy = object_of(document, "RetryPolicy");
  const std::int64_t attempts = integer_of(policy, "MaximumRetryAttempts", usual_attempts);
  const std::int64_t age = integer_of(policy, "MaximumEventAgeInSeconds", usual_age);
  return deliveries::event_retries(static_cast<std::uint32_t>(attempts), std::chrono::seconds(age));
}

std::optional<deliveries::DeadLetter> dead_letter_of(const json::Value& document, const Target& target,
                                                     const Occasion& occasion) {
  const std::string_view queue = text_of(object_of(document, "DeadLetterConfig"), "Arn");
  if (queue.empty()) return std::nullopt;
  return deliveries::DeadLetter{.queue_arn = std::string(queue),
                                .body = std::string(occasion.text),
                                .attributes = {{.name = "RULE_ARN", .value = std::string(occasion.rule_arn)},
                                               {.name = "TARGET_ARN", .value = target.arn}},
                                .tells_error = true};
}

}  // namespace

Result<deliveries::Delivery> delivery_to(const Target& target, std::string input, const DeliveryContext& context) {
  const auto document = json::parse_copy(context.arena, target.document);
  if (!document) return fail(internal_error(fmt::format("Target {} cannot be read.", target.id)));
  deliveries::Delivery delivery{.what = deliveries::ServiceCall{},
                                .sender = "events.amazonaws.com",
                                .source_arn = std::string(context.occasion.rule_arn),
                                .target = target.arn,
                                .retries = retries_of(*document),
                                .dead_letter = dead_letter_of(*document, target, context.occasion)};
  if (const auto named = parse_arn(target.arn); named && named->kind == "api-destination") {
    TRY_ASSIGN(delivery.what, api_request(*named, *document, std::move(input), context.registry));
  } else if (const auto arn = wire::Arn::parse(target.arn); arn && arn->service == "execute-api") {
    TRY_ASSIGN(delivery.what, gateway_request(*arn, *document, std::move(input)));
  } else {
    TRY_ASSIGN(delivery.what, target_call(target, *document, std::move(input), context));
  }
  return delivery;
}

Result<void> check_target(const json::Value& target) {
  const std::string_view text = text_of(target, "Arn");
  const auto arn = wire::Arn::parse(text);
  if (!arn) {
    return fail(errors::invalid(
        fmt::format("Parameter {} is not valid. Reason: Provided Arn is not in correct format.", text)));
  }
  const std::string_view role = text_of(target, "RoleArn");
  if (const auto named = parse_arn(text)) {
    if (named->kind == "event-bus") return {};
    if (named->kind == "api-destination") {
      return role.empty() ? fail(errors::invalid(fmt::format("RoleArn is required for target {}.", text)))
                          : Result<void>();
    }
  }
  if (arn->service == "execute-api") {
    TRY(gateway_request(*arn, target, {}));
    return {};
  }
  return check_target_call(*arn, target);
}

}  // namespace stepwell::events
